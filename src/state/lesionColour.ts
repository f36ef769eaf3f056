import { numberOf } from '../core/study/lesions.ts'
import type { LesionId } from '../core/study/study.ts'
import { lesionColours } from '../palette.ts'

/** The colour that a lesion has wherever it is shown; beyond as many as there are they come again, and its number tells it. */
export const lesionColour = (id: LesionId) => lesionColours[(numberOf(id) - 1) % lesionColours.length]

/** The same for a style sheet. */
export const lesionCss = (id: LesionId) => `rgb(${lesionColour(id).join(' ')})`
