import { dicom } from './dicom.ts'
import { headers } from './headers.ts'
import { images } from './images.ts'
import { importing } from './importing.ts'
import { io } from './io.ts'
import { numeric } from './numeric.ts'
import { pipelines } from './pipelines.ts'
import { program } from './program.ts'
import { roles } from './roles.ts'
import { workers } from './workers.ts'

/** Every sentence that the core, `io` and the workers have, by the step that says it. */
export const english = { dicom, headers, images, importing, io, numeric, pipelines, program, roles, workers }
