import { tell } from '../../io/messages.ts'
import type { ProgramServer } from '../../io/programServer.ts'
import type { FoundVolume, ImagesState, NamedFile } from '../images.ts'
import type { MaskReviewState } from '../maskReview.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { SampleCase } from '../sampleCases.ts'
import { told } from '../messages.ts'

/** A file of the page's own server. */
export type FetchFile = (path: string) => Promise<Pick<Response, 'ok' | 'status' | 'statusText' | 'blob'>>

export interface OpenSampleServices {
  readonly images: Readable<Pick<ImagesState, 'addFiles' | 'addProblem'>>
  readonly roi: Readable<Pick<RoiState, 'voxelCount' | 'tell'>>
  readonly maskReview: Readable<Pick<MaskReviewState, 'proposal' | 'propose' | 'dismiss'>>
  readonly server: Pick<ProgramServer, 'describe'>
  readonly fetchFile: FetchFile
  readonly showImage: (found: FoundVolume) => Promise<void>
  readonly acceptProposal: () => boolean
}

/** Image and mask of a sample case, whose grids are known to agree, are taken over in one go. */
export const createOpenSample =
  ({ images, roi, maskReview, server, fetchFile, showImage, acceptProposal }: OpenSampleServices) =>
  async (sample: SampleCase): Promise<void> => {
    const files = await fetchSample(fetchFile, sample).catch(async (error: unknown) => {
      const { told: reason } = await server.describe(tell('not-loaded', { part: 'sample', why: String(error) }))
      images.getState().addProblem({ path: sample.title, reason })
    })
    const added = files && (await images.getState().addFiles(files))
    const image = added?.find(({ kind }) => kind === 'image')
    const mask = added?.find(({ kind }) => kind === 'mask')
    if (!image || !mask) return
    await showImage(image)
    // A region of the user's own is not exchanged for the sample's, which still can be laid on.
    const isDrawn = () => roi.getState().voxelCount > 0
    if (isDrawn()) return
    await maskReview.getState().propose(mask.id, mask.name, mask.volume, image.volume)
    const { proposal } = maskReview.getState()
    // Should they not agree after all, the review stays open.
    if (proposal?.maskId !== mask.id || !proposal.region) return
    // Drawn, restored or found locked while the mask was read.
    if (isDrawn()) {
      maskReview.getState().dismiss()
      return
    }
    acceptProposal()
    roi.getState().tell(told('sample-mask-laid', {}))
  }

async function fetchSample(fetchFile: FetchFile, { id }: SampleCase): Promise<NamedFile[]> {
  return Promise.all(
    ['image.nii.gz', 'mask.nii.gz'].map(async (name) => {
      const response = await fetchFile(`./samples/${id}/${name}`)
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
      return { path: `${id}/${name}`, file: await response.blob() }
    }),
  )
}
