import { expect, test } from 'vitest'
import { ProgramLoadError } from '../../io/programLoadError.ts'
import type { MaskProposal } from '../maskReview.ts'
import type { SampleCase } from '../sampleCases.ts'
import { say } from '../../messages/say.ts'
import { madeFound } from './madeVolumes.ts'
import { createOpenSample } from './openSample.ts'

const sample = { id: 'breast1', title: 'Breast' } as SampleCase
const image = madeFound('image')
const mask = madeFound('mask', { kind: 'mask' })

function page({ isThere = true, drawn = 0, drawnMeanwhile = 0, isLaid = true } = {}) {
  const done: string[] = []
  const fetched: string[] = []
  let proposal: Partial<MaskProposal> | null = null
  let voxelCount = drawn
  const open = createOpenSample({
    images: {
      getState: () => ({
        addFiles: async (files) => {
          fetched.push(...files.map(({ path }) => path))
          return [image, mask]
        },
        addProblem: ({ path, reason }) => void done.push(`problem ${path}: ${say(reason)}`),
      }),
    },
    roi: { getState: () => ({ voxelCount, tell: () => void done.push('told') }) },
    maskReview: {
      getState: () => ({
        proposal: proposal as MaskProposal | null,
        propose: async (maskId) => {
          proposal = { maskId, region: isLaid ? new Uint8Array(4) : null }
          voxelCount += drawnMeanwhile
          done.push('proposed')
        },
        dismiss: () => void done.push('dismissed'),
      }),
    },
    server: { describe: async (failure) => new ProgramLoadError(failure) },
    fetchFile: async () => ({ ok: isThere, status: 404, statusText: 'Not Found', blob: async () => new Blob() }),
    showImage: async ({ id }) => void done.push(`show ${id}`),
    acceptProposal: () => {
      done.push('accepted')
      return true
    },
  })
  return { open: () => open(sample), done, fetched }
}

test('image and mask are taken over in one go, and that is told', async () => {
  const { open, done, fetched } = page()
  await open()
  expect(fetched).toEqual(['breast1/image.nii.gz', 'breast1/mask.nii.gz'])
  expect(done).toEqual(['show image', 'proposed', 'accepted', 'told'])
})

test('files that the server does not give are a problem of the sample, with the reason', async () => {
  const { open, done } = page({ isThere: false })
  await open()
  expect(done).toEqual([
    'problem Breast: The sample case could not be loaded: Error: 404 Not Found. Perhaps the program was renewed since this page was opened: reload the page. What you drew is kept.',
  ])
})

test('a region of the user’s own is not exchanged for the sample’s', async () => {
  const { open, done } = page({ drawn: 5 })
  await open()
  expect(done).toEqual(['show image'])
})

test('nor is one that is drawn or restored while the sample’s mask is read', async () => {
  const { open, done } = page({ drawnMeanwhile: 5 })
  await open()
  expect(done).toEqual(['show image', 'proposed', 'dismissed'])
})

test('where the mask cannot be laid the review stays open', async () => {
  const { open, done } = page({ isLaid: false })
  await open()
  expect(done).toEqual(['show image', 'proposed'])
})
