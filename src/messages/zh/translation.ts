import type { Rooms, Translation } from '../translation.ts'
import type { EnglishWords } from '../words/englishWords.ts'
import { analysis } from './analysis.ts'
import * as clinicalWords from './clinical.ts'
import { cohort } from './cohort.ts'
import { dicom } from './dicom.ts'
import { evaluate } from './evaluate.ts'
import { extraction } from './extraction.ts'
import * as featuresWords from './features.ts'
import { formatDateTime } from './formatDateTime.ts'
import { harmonise } from './harmonise.ts'
import { headers } from './headers.ts'
import { image } from './image.ts'
import { images } from './images.ts'
import { importing } from './importing.ts'
import { io } from './io.ts'
import { kernels } from './kernels.ts'
import { learn } from './learn.ts'
import { listSome } from './listSome.ts'
import * as maskWords from './mask.ts'
import { numeric } from './numeric.ts'
import { parameters } from './parameters.ts'
import * as phasesWords from './phases.ts'
import { pipelines } from './pipelines.ts'
import { program } from './program.ts'
import * as proposalWords from './proposal.ts'
import { protocol } from './protocol.ts'
import { records } from './records.ts'
import { report } from './report.ts'
import { results } from './results.ts'
import { roles } from './roles.ts'
import { select } from './select.ts'
import * as settingsWords from './settings.ts'
import { state } from './state.ts'
import { statistics } from './statistics.ts'
import { storage } from './storage.ts'
import { study } from './study.ts'
import * as studyFileWords from './studyFile.ts'
import { table } from './table.ts'
import { tables } from './tables.ts'
import { app } from './ui/app.ts'
import * as studyWords from './ui/study.ts'
import { workers } from './workers.ts'

const rooms: Rooms = {
  analysis,
  cohort,
  dicom,
  evaluate,
  extraction,
  features: featuresWords.features,
  harmonise,
  headers,
  image,
  images,
  importing,
  io,
  kernels,
  learn,
  mask: maskWords.mask,
  numeric,
  parameters,
  pipelines,
  program,
  protocol,
  records,
  report,
  results,
  roles,
  select,
  state,
  statistics,
  storage,
  study,
  studyFile: studyFileWords.studyFile,
  table,
  tables,
  workers,
}

const words: EnglishWords = {
  app,
  clinical: clinicalWords,
  features: featuresWords,
  formatDateTime,
  listSome,
  mask: maskWords,
  phases: phasesWords,
  proposal: proposalWords,
  settings: settingsWords,
  study: studyWords,
  studyFile: studyFileWords,
}

/** Chinese, in simplified characters. */
export const translation: Translation = { rooms, words }
