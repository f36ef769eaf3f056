import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCase } from '../../cli/readCase.ts'
import type { Volume } from '../../src/core/image/volume.ts'
import type { Axis } from '../../src/core/mask/brush.ts'
import type { Mask } from '../../src/core/mask/mask.ts'
import { simulateDceTumour, type SimulatedDce } from '../../src/core/simulate/dceTumour.ts'

/** A tumour with a mask that tools are measured against. */
export interface RoiCase {
  readonly name: string
  /** What the reader draws on. */
  readonly image: Volume
  readonly truth: Mask
  /** Planes of the four strokes. */
  readonly strokeAxes: readonly [Axis, Axis]
  /** How many bubbles (dabs) start the active contour: brain1 has two tumours that hardly touch. */
  readonly bubbles: number
  /** When the reader stops the contour on edges: on brain1 it runs through weak edges if it is left alone. */
  readonly edgeRounds: number
  readonly dce?: SimulatedDce
}

const seed = 20261123
const root = fileURLToPath(new URL('../../', import.meta.url))

export async function loadRoiCases(): Promise<RoiCase[]> {
  const folder = join(root, 'public/samples/brain1')
  const { image, mask } = await readCase(
    { imagePath: join(folder, 'image.nii.gz'), maskPath: join(folder, 'mask.nii.gz'), label: 1 },
    { label_channel: 0 },
  )
  const simulated = (['spiculated', 'rimEnhancing'] as const).map((kind): RoiCase => {
    const dce = simulateDceTumour(kind, seed)
    return { name: kind, image: dce.phases[1], truth: dce.truth, strokeAxes: [2, 0], bubbles: 1, edgeRounds: 160, dce }
  })
  return [{ name: 'brain1', image, truth: mask, strokeAxes: [2, 0], bubbles: 4, edgeRounds: 50 }, ...simulated]
}
