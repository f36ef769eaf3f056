import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import type { NamedFile } from '../images.ts'
import { createOpenSampleStudy, type SimulateStudy } from './openSampleStudy.ts'

async function open(simulate: SimulateStudy) {
  const opened: NamedFile[] = []
  const problems: string[] = []
  await createOpenSampleStudy({
    images: { getState: () => ({ addProblem: ({ path, reason }) => void problems.push(`${path}: ${say(reason)}`) }) },
    simulate,
    openFiles: async (files) => void opened.push(...files),
  })()
  return { opened, problems }
}

test('is opened as a folder that is called simulated', async () => {
  const { opened, problems } = await open(async () => [{ path: 'dicom/A/1.dcm', bytes: Uint8Array.of(1, 2) }])
  expect(opened.map(({ path }) => path)).toEqual(['simulated study/dicom/A/1.dcm'])
  expect(new Uint8Array(await opened[0].file.arrayBuffer())).toEqual(Uint8Array.of(1, 2))
  expect(problems).toEqual([])
})

test('a worker that fails is told, and nothing is opened', async () => {
  const { opened, problems } = await open(() => Promise.reject(new Error('the worker ended')))
  expect(opened).toEqual([])
  expect(problems).toEqual([expect.stringMatching(/^simulated study: .*the worker ended/)])
})
