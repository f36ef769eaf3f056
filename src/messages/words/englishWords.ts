import type { app } from '../en/ui/app.ts'
import type * as study from '../en/ui/study.ts'
import type * as clinical from '../en/clinical.ts'
import type * as features from '../en/features.ts'
import type { formatDateTime } from '../en/formatDateTime.ts'
import type { listSome } from '../en/listSome.ts'
import type * as mask from '../en/mask.ts'
import type * as phases from '../en/phases.ts'
import type * as proposal from '../en/proposal.ts'
import type * as settings from '../en/settings.ts'
import type * as studyFile from '../en/studyFile.ts'

/** What screens call by name beside the sentences of messages, as English has it. */
export interface EnglishWords {
  readonly app: typeof app
  readonly clinical: typeof clinical
  readonly features: typeof features
  readonly formatDateTime: typeof formatDateTime
  readonly listSome: typeof listSome
  readonly mask: Pick<typeof mask, 'describeDifference' | 'describeEmptySlices'>
  readonly phases: typeof phases
  readonly proposal: typeof proposal
  readonly settings: typeof settings
  readonly study: typeof study
  readonly studyFile: Pick<typeof studyFile, 'sayNameFound'>
}
