// @vitest-environment node
import { expect, test, vi } from 'vitest'
import type { AnswerStore } from '../storage/answerStore.ts'
import { createExtractionStore, studyParametersName } from './extraction.ts'
import { keepParameters } from './keptParameters.ts'

const said = new Map<string, unknown>()
const answers: AnswerStore = {
  get: async (key) => said.get(key),
  put: async (key, value) => void said.set(key, structuredClone(value)),
  change: async (key, change) => void said.set(key, change(said.get(key))),
}
function openPage(from: AnswerStore = answers) {
  const problems: unknown[] = []
  const extraction = createExtractionStore(() => Promise.reject(new Error('Not asked for.')))
  keepParameters(extraction, from, (reason) => problems.push(reason))
  return { extraction, problems }
}

test('chosen parameters are those of the next session, with defaults for settings that it knows more of', async () => {
  const before = openPage()
  await before.extraction.getState().loadParameters('short.yaml', 'imageType:\n  Original: {}\nsetting:\n  binWidth: 7\n')
  await vi.waitFor(() => expect(said.size).toBe(1))
  const kept = said.get('parameters') as { parameters: { settings: Record<string, unknown> } }
  Reflect.deleteProperty(kept.parameters.settings, 'padDistance')
  const { extraction, problems } = openPage()
  await vi.waitFor(() => expect(extraction.getState().parametersName).toBe('short.yaml'))
  expect(extraction.getState().parameters).toEqual(before.extraction.getState().parameters)
  expect(problems).toEqual([])
})

test('what was chosen first in this session stays, and a refusal is told', async () => {
  const { extraction } = openPage()
  extraction.getState().setParameters('other.yaml', { ...extraction.getState().parameters })
  await new Promise((resolve) => setTimeout(resolve))
  expect(extraction.getState().parametersName).toBe('other.yaml')
  const refusal = new Error('no room')
  const refusing = openPage({ ...answers, get: () => Promise.reject(refusal) })
  await vi.waitFor(() => expect(refusing.problems).toEqual([refusal]))
  expect(refusing.extraction.getState().parametersName).toBe(studyParametersName)
})
