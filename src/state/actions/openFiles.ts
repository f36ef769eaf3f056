import { tell } from '../../io/importing/messages.ts'
import { channelsOf, type FoundVolume, type ImagesState, type NamedFile } from '../images.ts'
import { findMaskQuestions } from '../maskQuestions.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { ScreenState } from '../screen.ts'

export interface OpenFilesServices {
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'problems' | 'addFiles' | 'addProblem'>>
  readonly roi: Readable<Pick<RoiState, 'open'>>
  readonly screen: Readable<Pick<ScreenState, 'show'>>
  readonly openImage: (found: FoundVolume) => Promise<void>
  readonly showImage: (found: FoundVolume) => Promise<void>
  readonly reviewMask: (found: FoundVolume) => void
  /** A study that was saved to a file. @param handle by which the browser may read it again */
  readonly openStudyFile: (file: File, handle?: FileSystemFileHandle) => Promise<void>
  /** Folders of several patients become a study. @returns whether they are taken care of */
  readonly openStudy: (files: readonly NamedFile[]) => Promise<boolean>
}

/** As the program names the files that it saves a study to, and as browsers name a further one of that name: `study.texel (1).zip`. */
const isCalledStudyFile = ({ path }: NamedFile) => /\.texel[ (\d)]*\.zip$/i.test(path)
/** Whatever it is called: of the entries of a study file, which a zip lists at its end, the one that says so is among the last. */
const isStudyFile = async (one: NamedFile) =>
  isCalledStudyFile(one) || (/\.zip$/i.test(one.path) && (await one.file.slice(-1024).text()).includes('texel-study.json'))

export function createOpenFiles({
  images,
  roi,
  screen,
  openImage,
  showImage,
  reviewMask,
  openStudy,
  openStudyFile,
}: OpenFilesServices) {
  /**
   * Files that came by drop or picker, not as a study. One image among them is opened, one mask beside it is laid on it for review. Where all
   * that there is is one image and nothing is to be said of it, it comes to the front; else the list stays to choose from, with the
   * questions which of the images are masks.
   */
  async function openImages(files: readonly NamedFile[]): Promise<void> {
    if (files.length === 0) {
      images.getState().addProblem({
        path: 'Selection',
        reason: tell('nothing-chosen', {}),
      })
      return
    }
    const added = await images.getState().addFiles(files)
    const { volumes, problems } = images.getState()
    const asked = findMaskQuestions(volumes).map(({ found }) => found.id)
    const isAsked = ({ id }: FoundVolume) => asked.includes(id)
    const found = added.filter((one) => one.kind === 'image' && !isAsked(one))
    const masks = added.filter(({ kind }) => kind === 'mask')
    const isAll = volumes.length === 1 && problems.length === 0 && found[0]?.warnings.length === 0
    if (found.length === 1) await (isAll ? showImage : openImage)(found[0])
    const [first] = masks
    const isOneMask = masks.length === 1 || (first && channelsOf(added, first.id).length === masks.length)
    if (isOneMask && roi.getState().open && found.length <= 1) reviewMask(first)
    else if (added.some(isAsked)) screen.getState().show('images')
  }
  /** Files that came by drop or picker. Whether a folder is a study is seen from its headers; files by themselves are opened at once. */
  async function openFiles(files: readonly NamedFile[]): Promise<void> {
    const [first] = files
    if (files.length === 1 && (await isStudyFile(first)))
      return openStudyFile(first.file instanceof File ? first.file : new File([first.file], first.path), first.handle)
    const isFolder = files.some(({ path }) => path.replace(/^\//, '').includes('/'))
    if (!isFolder || !(await openStudy(files))) await openImages(files)
  }
  return {
    openFiles,
    openImages,
    openDroppedFiles(files: readonly NamedFile[]): void {
      if (images.getState().volumes.length === 0 && !files.some(isCalledStudyFile)) screen.getState().show('images')
      void openFiles(files)
    },
  }
}
