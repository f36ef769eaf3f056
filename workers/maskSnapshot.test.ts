import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Volume } from '../src/core/image/volume.ts'
import type { MaskEdit } from '../src/core/mask/edit/editMask.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import { interpolateSlices } from '../src/io/pipelines/interpolateSlices.node.ts'
import { itkCodec } from '../src/io/images/itkCodec.node.ts'
import { readImageFile } from '../src/io/images/readImageFile.ts'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { loadKernels } from './loadKernels.node.ts'
import { createMaskApi, type MaskJob } from './maskApi.ts'

/* What each operation makes of a real ROI, kept bit by bit: a change of structure leaves it as it is. */

const api = createMaskApi(loadKernels, () => interpolateSlices)
const read = async (name: string): Promise<Volume> =>
  (await readImageFile(itkCodec, await fileFromDisk(fileURLToPath(new URL(`../public/samples/${name}.nii.gz`, import.meta.url)))))
    .volumes[0]
const sha256 = (voxels: Uint8Array) => createHash('sha256').update(voxels).digest('hex').slice(0, 16)

const edits: readonly MaskEdit[] = [
  { kind: 'fillHoles', sliceAxis: null },
  { kind: 'fillHoles', sliceAxis: 2 },
  { kind: 'keepLargest' },
  { kind: 'removeSmall', smallestMm3: 200 },
  { kind: 'median', kernelMm: 3 },
  { kind: 'closing', radiusMm: 4 },
  { kind: 'grow', marginMm: 3 },
  { kind: 'shrink', marginMm: 2 },
]

test('every operation gives the voxels that it gave', async () => {
  const [image, { voxels, ...grid }] = await Promise.all([read('brain1/image'), read('brain1/mask')])
  const mask: Mask = { ...grid, voxels: Uint8Array.from(voxels) }
  const everySecond = {
    ...mask,
    voxels: mask.voxels.map((voxel, i) => (Math.floor(i / (grid.size[0] * grid.size[1])) % 2 === 0 ? voxel : 0)),
  }
  const outside = mask.voxels.map((_, i) => Number(i % grid.size[0] < 5))
  const made: Record<string, string> = { loaded: sha256(mask.voxels) }
  const run = async (name: string, of: Mask, job: MaskJob) => {
    const { voxels: after, added, removed } = await api.run(of, job, '', () => undefined)
    made[name] = `${sha256(after)} +${added} -${removed}`
  }
  for (const edit of edits) await run(JSON.stringify(edit), mask, { kind: 'edit', edit })
  await run('interpolate', everySecond, { kind: 'interpolate', sliceAxis: 2 })
  await run('grow from strokes', everySecond, { kind: 'grow', image, outside })
  await expect(`${JSON.stringify(made, null, 1)}\n`).toMatchFileSnapshot('snapshots/masks.json')
})
