import { cohort } from './cohort.ts'
import { dicom } from './dicom.ts'
import { extraction } from './extraction.ts'
import { features } from './features.ts'
import { headers } from './headers.ts'
import { image } from './image.ts'
import { images } from './images.ts'
import { importing } from './importing.ts'
import { io } from './io.ts'
import { kernels } from './kernels.ts'
import { mask } from './mask.ts'
import { numeric } from './numeric.ts'
import { parameters } from './parameters.ts'
import { pipelines } from './pipelines.ts'
import { program } from './program.ts'
import { records } from './records.ts'
import { state } from './state.ts'
import { storage } from './storage.ts'
import { workers } from './workers.ts'

/** Sentences from files to features, by the step that says them. */
export const ofImages = {
  cohort,
  dicom,
  extraction,
  features,
  headers,
  image,
  images,
  importing,
  io,
  kernels,
  mask,
  numeric,
  parameters,
  pipelines,
  program,
  records,
  state,
  storage,
  workers,
}
