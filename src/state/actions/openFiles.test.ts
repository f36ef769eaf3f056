import { expect, test } from 'vitest'
import { madeStudy, writeMade } from '../../io/studyFile/madeStudyFile.ts'
import type { FoundVolume } from '../images.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { createOpenFiles } from './openFiles.ts'

/** A page with an image open or not, and what is found in the files that are given to it. */
function page(added: readonly FoundVolume[], { before = [] as readonly FoundVolume[], problems = 0, isOpen = false } = {}) {
  const done: string[] = []
  const say = (what: string) => async (found: FoundVolume) => void done.push(`${what} ${found.id}`)
  let volumes = before
  let region = isOpen ? madeRegion(before[0]) : null
  const openImage = async (found: FoundVolume) => {
    region = madeRegion(found)
    await say('open')(found)
  }
  const actions = createOpenFiles({
    images: {
      getState: () => ({
        volumes,
        problems: Array.from({ length: problems }, () => ({ path: '', reason: told })),
        addFiles: async () => {
          volumes = [...before, ...added]
          return added
        },
        addProblem: ({ path }) => void done.push(`problem ${path}`),
      }),
    },
    roi: { getState: () => ({ open: region }) },
    screen: { getState: () => ({ show: (screen) => void done.push(`show ${screen}`) }) },
    openImage,
    showImage: async (found) => {
      done.push('to the front')
      await openImage(found)
    },
    openStudyFile: async ({ name }) => void done.push(`study ${name}`),
    openStudy: async () => false,
    reviewMask: (found) => void say('review')(found),
  })
  return { ...actions, done }
}
const told = { step: 'test', code: 'told', values: {} }
const file = { path: 'a', file: new Blob() }
const image = madeFound('image')
const mask = madeFound('mask', { kind: 'mask' })
const maybe = madeFound('maybe', { maskHint: 'name' })

test('an empty selection is told', async () => {
  const { openFiles, done } = page([])
  await openFiles([])
  expect(done).toEqual(['problem Selection'])
})

test('one image alone, of which nothing is to be said, comes to the front', async () => {
  const { openFiles, done } = page([image])
  await openFiles([file])
  expect(done).toEqual(['to the front', 'open image'])
})

test('with a warning, a problem or other images before it the list stays in front', async () => {
  for (const one of [
    page([madeFound('image', { warnings: [told] })]),
    page([image], { problems: 1 }),
    page([image], { before: [madeFound('other')] }),
  ]) {
    await one.openFiles([file])
    expect(one.done).toEqual(['open image'])
  }
})

test('one mask is laid on the image that came with it, or on the open one', async () => {
  const both = page([image, mask])
  await both.openFiles([file])
  expect(both.done).toEqual(['open image', 'review mask'])
  const later = page([mask], { before: [image], isOpen: true })
  await later.openFiles([file])
  expect(later.done).toEqual(['review mask'])
})

test('several masks, several images, or a mask without an open image are left to be chosen', async () => {
  for (const one of [
    page([mask, madeFound('mask 2', { kind: 'mask', opening: 2 })], { before: [image], isOpen: true }),
    page([mask, madeFound('T1'), madeFound('T2')], { before: [image], isOpen: true }),
    page([mask]),
  ]) {
    await one.openFiles([file])
    expect(one.done).toEqual([])
  }
})

test('what may be a mask is asked about on the list and not opened', async () => {
  const { openFiles, done } = page([image, maybe])
  await openFiles([file])
  expect(done).toEqual(['open image', 'show images'])
})

test('a drop on the first page shows the list, a later one leaves the screen', () => {
  const first = page([image])
  first.openDroppedFiles([file])
  expect(first.done).toEqual(['show images'])
  const later = page([image], { before: [madeFound('other')] })
  later.openDroppedFiles([file])
  expect(later.done).toEqual([])
})

test.each(['study-2026-11-30.texel.zip', 'study.texel (1).zip', 'study.texel(2).zip', 'study.texel 3.zip'])(
  '%s is a study file, by the name that a browser gives a further one of that name too',
  async (path) => {
    const { openFiles, done } = page([])
    await openFiles([{ path, file: new Blob() }])
    expect(done).toEqual([`study ${path}`])
  },
)

test('a study file that is called otherwise is known by what is in it', async () => {
  const { openFiles, done } = page([])
  await openFiles([{ path: 'STUDY.zip', file: new Blob([await writeMade(await madeStudy())]) }])
  expect(done).toEqual(['study STUDY.zip'])
})

test('another zip is no study file', async () => {
  const { openFiles, done } = page([])
  await openFiles([{ path: 'dicom.texels.zip', file: new Blob() }])
  expect(done).toEqual([])
})
