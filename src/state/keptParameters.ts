import type { ExtractionParameters } from '../core/parameters/profiles/pyradiomics/parameters.ts'
import { defaultSettings } from '../core/parameters/profiles/pyradiomics/knownSettings.ts'
import { parametersKey, type AnswerStore } from '../storage/answerStore.ts'
import type { ExtractionStore } from './extraction.ts'

interface KeptParameters {
  readonly parameters: ExtractionParameters
  readonly parametersName: string
}

/** The chosen parameters are those of the next session too, unless that has chosen others by then. @param onNotKept the browser refuses them */
export function keepParameters(extraction: ExtractionStore, answers: AnswerStore, onNotKept: (reason: unknown) => void): void {
  const first = extraction.getState().parameters
  extraction.subscribe(({ parameters, parametersName }, before) => {
    if (parameters !== before.parameters) answers.put(parametersKey, { parameters, parametersName }).catch(onNotKept)
  })
  answers.get(parametersKey).then((kept) => {
    if (kept === undefined || extraction.getState().parameters !== first) return
    const { parameters, parametersName } = kept as KeptParameters
    // A setting that came with a later version has its default.
    const settings = { ...defaultSettings, ...parameters.settings }
    extraction.getState().setParameters(parametersName, { ...parameters, settings })
  }, onNotKept)
}
