import { analysis } from './analysis.ts'
import { cohort } from './cohort.ts'
import { dicom } from './dicom.ts'
import { evaluate } from './evaluate.ts'
import { extraction } from './extraction.ts'
import { features } from './features.ts'
import { harmonise } from './harmonise.ts'
import { headers } from './headers.ts'
import { image } from './image.ts'
import { images } from './images.ts'
import { importing } from './importing.ts'
import { io } from './io.ts'
import { kernels } from './kernels.ts'
import { learn } from './learn.ts'
import { mask } from './mask.ts'
import { numeric } from './numeric.ts'
import { parameters } from './parameters.ts'
import { pipelines } from './pipelines.ts'
import { program } from './program.ts'
import { protocol } from './protocol.ts'
import { records } from './records.ts'
import { report } from './report.ts'
import { results } from './results.ts'
import { roles } from './roles.ts'
import { select } from './select.ts'
import { statistics } from './statistics.ts'
import { table } from './table.ts'
import { tables } from './tables.ts'
import { workers } from './workers.ts'

/** Every sentence that the core, `io` and the workers have, by the step that says it. */
export const english = {
  analysis,
  cohort,
  dicom,
  evaluate,
  extraction,
  features,
  harmonise,
  headers,
  image,
  images,
  importing,
  io,
  kernels,
  learn,
  mask,
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
  statistics,
  table,
  tables,
  workers,
}
