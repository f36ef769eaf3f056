import { cohort } from './cohort.ts'
import { dicom } from './dicom.ts'
import { headers } from './headers.ts'
import { image } from './image.ts'
import { images } from './images.ts'
import { importing } from './importing.ts'
import { mask } from './mask.ts'
import { pipelines } from './pipelines.ts'

/** Sentences from files to regions, by the step that says them. */
export const ofImages = { cohort, dicom, headers, image, images, importing, mask, pipelines }
