import { extraction } from './extraction.ts'
import { features } from './features.ts'
import { parameters } from './parameters.ts'
import { records } from './records.ts'

/** Sentences of parameters, features and records, by the step that says them. */
export const ofFeatures = { extraction, features, parameters, records }
