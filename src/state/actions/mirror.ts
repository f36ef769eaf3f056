import type { Volume } from '../../core/image/volume.ts'
import { messageOf } from '../../core/messages/message.ts'
import type { Axis, VoxelArray } from '../../core/numeric/voxelArray.ts'
import { gridPlanes } from '../../viewer/index.ts'
import type { DynamicStore } from '../dynamic.ts'
import type { FoundVolume } from '../images.ts'
import type { Watched } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { SecondState } from '../second.ts'

export interface MirrorServices {
  readonly dynamic: DynamicStore
  readonly roi: Watched<Pick<RoiState, 'open'>>
  readonly second: Watched<SecondState>
  /** See `mirrorImage`. @throws the signal's reason when it aborts */
  readonly mirror: (image: Volume, axis: Axis, signal: AbortSignal) => Promise<VoxelArray>
}

/** It is on no list: nobody draws on it. */
const mirroredId = 'mirrored'
const overtaken = new Error('Overtaken.')

/** The other side of the patient, mirrored, as a second image: where one side is shown, the other one stands at the same place. */
export function createMirror({ dynamic, roi, second, mirror }: MirrorServices) {
  let made: { readonly of: Volume; readonly found: FoundVolume } | undefined
  let abort = new AbortController()
  let before: Pick<SecondState, 'imageId' | 'way'> | undefined
  let isOwn = false
  const change = (act: (state: SecondState) => void) => {
    isOwn = true
    act(second.getState())
    isOwn = false
  }

  async function show(): Promise<void> {
    const { open } = roi.getState()
    abort.abort(overtaken)
    abort = new AbortController()
    const { signal } = abort
    if (!open) return
    const { image, imageName } = open
    dynamic.setState({ work: { status: 'running' } })
    try {
      const voxels = await mirror(image, gridPlanes(image.direction).axial.across.axis, signal)
      signal.throwIfAborted()
      const { size, spacingMm, originMm, direction, source } = image
      const { path, dicom, identity } = source
      const volume: Volume = {
        ...{ size, spacingMm, originMm, direction, voxels },
        source: {
          path,
          format: 'memory',
          ...(dicom && { dicom }),
          derived: { ...(identity && { from: identity }), isMirrored: true },
        },
      }
      const name = `${imageName}, mirrored`
      const about = { warnings: [], kind: 'image', opening: 0, files: [], keptAs: null, isRestored: false } as const
      made = { of: image, found: { id: mirroredId, name, volume, ...about } }
      const { imageId, way } = second.getState()
      if (imageId !== mirroredId) before ??= { imageId, way }
      change(({ choose, setWay }) => {
        // The same name for another image: what shows it looks again.
        choose(null)
        setWay('beside')
        choose(mirroredId)
      })
      dynamic.setState({ work: { status: 'idle' } })
    } catch (error) {
      if (!signal.aborted) dynamic.setState({ work: { status: 'failed', reason: messageOf(error) }, isMirroring: false })
    }
  }

  roi.subscribe(({ open }, last) => {
    if (open?.image === last.open?.image) return
    if (dynamic.getState().isMirroring) void show()
  })
  second.subscribe(({ imageId }, last) => {
    if (isOwn || imageId === last.imageId || imageId === mirroredId) return
    before = undefined
    dynamic.setState({ isMirroring: false })
  })

  return {
    /** The mirrored image, where it is chosen and of the open one. */
    mirroredSecond: (): FoundVolume | undefined =>
      second.getState().imageId === mirroredId && made?.of === roi.getState().open?.image ? made?.found : undefined,
    async toggleMirror(): Promise<void> {
      const isMirroring = !dynamic.getState().isMirroring
      dynamic.setState({ isMirroring })
      if (isMirroring) return show()
      abort.abort(overtaken)
      dynamic.setState({ work: { status: 'idle' } })
      change(({ choose, setWay }) => {
        choose(before?.imageId ?? null)
        if (before) setWay(before.way)
      })
      before = undefined
      made = undefined
    },
  }
}
