import type { Volume } from '../../core/image/volume.ts'
import { messageOf } from '../../core/messages/message.ts'
import { presentLesions } from '../../core/study/lesions.ts'
import { matchLesions, type LabelToMatch } from '../../core/study/matchLesions.ts'
import type { LesionId } from '../../core/study/study.ts'
import { withoutWords } from '../imageNames.ts'
import type { FoundVolume } from '../images.ts'
import type { LesionsState } from '../lesions.ts'
import type { MaskReviewState, OpenLabels } from '../maskReview.ts'
import { listSegments, onGridOf } from '../maskSegments.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

/** Each is laid whole, on the image's grid. */
export const mostLesionsAtOnce = 30

export interface LayEachLabelServices {
  readonly roi: Readable<
    Pick<RoiState, 'open' | 'voxelCount' | 'kept' | 'listKept' | 'whenKept' | 'status' | 'chooseLesion' | 'replaceMask' | 'tell'>
  >
  readonly lesions: Readable<Pick<LesionsState, 'listOf' | 'add' | 'rename'>>
  readonly maskReview: Readable<Pick<MaskReviewState, 'proposal' | 'dismiss'>>
  readonly openLabels: (mask: Volume) => Promise<OpenLabels>
  /** Of the mask under review. */
  readonly channels: () => readonly FoundVolume[]
  /** IDs of the images of the patient, whose regions are the lesions' too. */
  readonly imageKeys: () => ReadonlySet<string>
}

interface LaidLesion {
  readonly value: number
  readonly name: string | undefined
  readonly region: Uint8Array<ArrayBuffer>
}

/** Each label, segment or structure of the mask under review becomes a lesion, by its name or number; see `matchLesions`. */
export const createLayEachLabel =
  ({ roi, lesions, maskReview, openLabels, channels, imageKeys }: LayEachLabelServices) =>
  async (): Promise<void> => {
    const { proposal, dismiss } = maskReview.getState()
    const { open } = roi.getState()
    if (!proposal || proposal.isWorking || !open) return
    const { image, name: maskName, labels, mask, differences } = proposal
    /** What is drawn on goes by names of its own: those of the patient are no part of them. */
    const nameOf = (name: string) => {
      const { PatientName = '', PatientID = '' } = { ...image.source.dicom, ...mask.source.dicom }
      return withoutWords(name, `${PatientName} ${PatientID}`).trim() || undefined
    }
    const entries = mask.source.segments
      ? listSegments(proposal, channels()).map(({ segment, channel }) => ({ ...segment, name: nameOf(segment.name), volume: channel ? onGridOf(channel.volume, image) : mask })) // prettier-ignore
      : labels.map(({ value, count }) => ({ value, name: undefined, voxelCount: count, volume: mask }))
    const filled = entries.filter(({ voxelCount }) => voxelCount > 0)
    if (filled.length > mostLesionsAtOnce) return
    dismiss()
    try {
      const laid: LaidLesion[] = []
      for (const volume of new Set(filled.map((entry) => entry.volume))) {
        const opened = await openLabels(volume)
        try {
          for (const { value, name } of filled.filter((entry) => entry.volume === volume)) {
            const { region, voxelCount } = await opened.lay(value, differences.length > 0 ? image : null)
            if (voxelCount > 0) laid.push({ value, name, region })
          }
        } finally {
          opened.close()
        }
      }
      laid.sort((a, b) => a.value - b.value)
      await layAll(laid)
    } catch (error) {
      roi.getState().tell(messageOf(error))
    }

    async function layAll(laid: readonly LaidLesion[]): Promise<void> {
      const isStill = () => roi.getState().open?.imageId === open!.imageId && roi.getState().open?.reader === open!.reader
      if (!isStill()) return
      await roi.getState().whenKept()
      await roi.getState().listKept()
      const present = presentLesions(lesions.getState().listOf(open!.imageId))
      const drawn = drawnLesions()
      const free = new Set(present.flatMap(({ id }) => (drawn.has(id) ? [] : id)))
      const matched = matchLesions(present, laid.map(asLabel), free)
      const locked: LesionId[] = []
      let first: LesionId | undefined
      for (const [i, { region }] of laid.entries()) {
        const { name } = asLabel(laid[i])
        const known = matched[i]
        const id = known ?? (await lesions.getState().add(open!.imageId, name))
        const isUnnamed = known !== null && present.some((lesion) => lesion.id === known && lesion.name === undefined)
        if (isUnnamed && name !== undefined) await lesions.getState().rename(open!.imageId, id, name)
        if (!isStill()) return
        await roi.getState().chooseLesion(id)
        if (!isStill()) return
        if (roi.getState().status?.progress === 'locked') locked.push(id)
        else roi.getState().replaceMask(`Load ${maskName}`, region)
        first ??= id
      }
      if (first) await roi.getState().chooseLesion(first)
      roi
        .getState()
        .tell(told('lesions-laid', { count: laid.length - locked.length, empty: filled.length - laid.length, locked }))
    }

    function drawnLesions(): ReadonlySet<LesionId> {
      const { kept, voxelCount } = roi.getState()
      const keys = imageKeys()
      const found = kept.flatMap(({ image: key, lesion, voxelCount: count }) => (count > 0 && keys.has(key) ? [lesion] : []))
      return new Set([...found, ...(voxelCount > 0 ? [roi.getState().open!.lesion] : [])])
    }
  }

/** A lesion that nobody named is called by its number in the files that Texel writes. */
function asLabel({ value, name }: LaidLesion): LabelToMatch {
  const number = /^L(\d+)$/.exec(name ?? '')?.[1]
  return number !== undefined ? { value: Number(number) } : { value, ...(name !== undefined && { name }) }
}
