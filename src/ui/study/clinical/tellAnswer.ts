import type { ClinicalStudy, OpenDoubt } from '../../../core/cohort/clinical/clinicalStudy.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import { sheetWords } from '../../../messages/words/studyWords.ts'

/**
 * What was asked, and what a person said to it. Of rows that differ the answer is a number, and what is told is what the chosen row says.
 * @param id of the doubt
 */
export function tellAnswer(
  id: string,
  answer: string,
  { valuesOf }: Pick<ClinicalStudy, 'valuesOf'>,
): { readonly asked: string; readonly said: string } {
  const [code, ...about] = id.split(' ')
  switch (code) {
    case 'rows-differ': {
      // A variable may have a name of several words, a label never.
      const [label, variable] = [about.at(-1)!, about.slice(0, -1).join(' ')]
      return {
        asked: sheetWords().askedOf(label, clinicalWords().askDoubt({ code, variable }, clinicalWords().nameVariable)),
        said: withoutBlank(valuesOf.get(label)?.[variable]?.raw ?? ''),
      }
    }
    case 'same-patient': {
      const difference = about.join(' ') as NonNullable<OpenDoubt['difference']>
      return { asked: clinicalWords().askDoubt({ code, variable: '', difference }), said: clinicalWords().nameOption(answer) }
    }
    default:
      return { asked: clinicalWords().askDoubt({ code: code as OpenDoubt['code'], variable: about.join(' ') }, clinicalWords().nameVariable), said: clinicalWords().nameOption(answer) } // prettier-ignore
  }
}

/** As it was written: of two columns the second may be blank. */
export const withoutBlank = (raw: string): string => raw.replace(/ \/ $/, '')
