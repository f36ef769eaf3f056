import type { StudyHost } from './analysis/studyState.ts'
import type { ProgramServer } from '../io/programServer.ts'
import type { ReferenceImage } from '../io/dicom/referenceImage.ts'
import type { StudyStart } from '../storage/readStart.ts'
import type { Database } from '../storage/schema.ts'
import type { MaskBridge } from '../../workers/maskBridge.ts'
import type { PartBridge } from '../../workers/partBridge.ts'
import type { ApplyHost } from './analysis/applyActions.ts'
import type { DescribeModels } from './analysis/studyState.ts'
import type { ClassifyScores, ScoresHost } from './analysis/scores.ts'
import type { AlignServices } from './actions/align.ts'
import type { ProjectionAxes } from '../core/image/projectMaximum.ts'
import type { Volume } from '../core/image/volume.ts'
import type { OpenProjection } from '../../workers/imagesInWorker.ts'
import type { MirrorServices } from './actions/mirror.ts'
import type { SubtractionServices } from './actions/subtraction.ts'
import type { FetchFile } from './actions/openSample.ts'
import type { SimulateStudy } from './actions/openSampleStudy.ts'
import type { SaveMaskServices } from './actions/saveMaskServices.ts'
import type { BatchServices } from './batch/createBatch.ts'
import type { createBrowserKeepingStore } from './browserKeeping.ts'
import type { createTabClaims } from './claimTab.ts'
import type { createComparisonStore } from './comparison.ts'
import type { CopyServices } from './copyRoi.ts'
import type { Extract } from './extraction.ts'
import type { SessionStorage } from './forgetMark.ts'
import type { CountGreyLevels } from './greyLevels.ts'
import type { NamedFile, ReadFiles } from './images.ts'
import type { createMaskReviewStore } from './maskReview.ts'
import type { OfflineServices } from './offline.ts'
import type { SaveAllServices } from './saveAllRois.ts'
import type { StudyCopierServices } from './studyCopier.ts'
import type { OpenTeacher } from './learn/teacher.ts'
import type { ListFiles, OpenProposal } from './studyImport.ts'
import type { ReadSheet } from './studyPlan.ts'

/** What a session keeps with and what computes for it; see `openSession.ts` for those of a page. */
export interface SessionServices {
  /** Of this program. */
  readonly version: string
  readonly now: () => number
  readonly server: Pick<ProgramServer, 'ask' | 'describe'>
  readonly browser: {
    readonly database: Database
    /** What was kept of earlier sessions. */
    readonly start: StudyStart
    /** Goes with the tab. */
    readonly ofTab: SessionStorage
    readonly otherTabs: Pick<BroadcastChannel, 'postMessage'> & {
      addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
    }
    /** Missing where this page cannot work without its server, and while it is developed. */
    readonly serviceWorkers: OfflineServices['container']
    readonly locks: Parameters<typeof createTabClaims>[0]
    readonly storage: Parameters<typeof createBrowserKeepingStore>[0]
    readonly fetchFile: FetchFile
    readonly download: (name: string, content: BlobPart, type: string) => void
    /** Missing in browsers that only download. */
    readonly chooseFile?: StudyCopierServices['chooseFile']
    readonly chooseFolder?: StudyCopierServices['chooseFolder']
    readonly reload: () => void
    /** See `presenter.ts`. */
    readonly isPresenting: boolean
  }
  readonly workers: Pick<SaveMaskServices, 'saveImage' | 'saveSegmentation' | 'saveStructures'> & {
    /** @param options.references images that masks without a grid of their own may refer to */
    readonly readFiles: (
      files: readonly NamedFile[],
      options: Parameters<ReadFiles>[1] & { readonly references: readonly ReferenceImage[] },
    ) => ReturnType<ReadFiles>
    readonly listFiles: ListFiles
    readonly openProposal: OpenProposal
    readonly saveParts: SaveAllServices['writeParts']
    readonly openLabels: Parameters<typeof createMaskReviewStore>[0] & CopyServices['openLabels']
    readonly compareMasks: Parameters<typeof createComparisonStore>[0]
    readonly align: AlignServices['findAlignment']
    readonly subtract: SubtractionServices['subtract']
    readonly mirror: MirrorServices['mirror']
    readonly openProjection: (image: Volume, axes: ProjectionAxes) => OpenProjection
    readonly simulateStudy: SimulateStudy
    readonly openTeacher: OpenTeacher
    readonly masks: MaskBridge
    readonly parts: PartBridge
    readonly scores: ScoresHost & { readonly classify: ClassifyScores }
    readonly study: StudyHost & { readonly sheet: ReadSheet; readonly describe: DescribeModels }
    readonly apply: ApplyHost
    /** What the rows of a study are measured with. */
    readonly openBatchHost: BatchServices['openHost']
    readonly compute: {
      readonly extract: Extract
      readonly countGreyLevels: CountGreyLevels
      readonly workerCount: () => number
    }
  }
}
