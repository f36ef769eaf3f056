import { expect, it } from 'vitest'
import type { MaskHint } from '../core/mask/looksLikeMask.ts'
import type { FoundVolume } from './images.ts'
import { findMaskQuestions } from './maskQuestions.ts'

const found = (id: string, { maskHint, kind = 'image', x = 0 }: { maskHint?: MaskHint; kind?: FoundVolume['kind']; x?: number } = {}): FoundVolume => ({
  id,
  name: id,
  volume: { size: [2, 2, 2], spacingMm: [1, 1, 1], originMm: [x, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1], voxels: new Float32Array(8), source: { path: id, format: 'NIfTI' } },
  warnings: [],
  kind,
  ...(maskHint && { maskHint }),
  opening: 1,
  files: [],
  keptAs: null,
  isRestored: false,
}) // prettier-ignore
const asked = (...volumes: FoundVolume[]) => findMaskQuestions(volumes).map((question) => [question.found.id, question.image.id])

it('asks of what may be a mask, beside the image on its grid', () => {
  const shares = found('shares', { maskHint: 'shares' })
  expect(asked(shares, found('other', { x: 5 }), found('image'))).toEqual([['shares', 'image']])
  expect(asked(shares, found('image'), found('roi', { maskHint: 'name' }))).toEqual([
    ['shares', 'image'],
    ['roi', 'image'],
  ])
})

it('asks nothing where no image is there to be a mask of, or where it is said', () => {
  const shares = found('shares', { maskHint: 'shares' })
  expect(asked(shares)).toEqual([])
  expect(asked(shares, found('more', { maskHint: 'shares' }))).toEqual([])
  expect(asked(shares, found('other', { x: 5 }), found('mask', { kind: 'mask' }))).toEqual([])
  expect(asked({ ...shares, kind: 'mask' }, found('image'))).toEqual([])
})
