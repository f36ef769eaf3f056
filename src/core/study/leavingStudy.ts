import type { StudyContents } from './contents.ts'
import { namesSomebody, textsThatMayLeave, wordsThatName } from './freeText.ts'
import { technicalOf } from './technical.ts'

/** A text that a person wrote and that has words which name somebody of the study, or might. */
export interface NameFound {
  readonly where: 'note' | 'flag' | 'exclusion' | 'lesion' | 'unlocking' | 'centre' | 'batch' | 'reader' | 'parameters' | 'answer'
  /** Label of the patient, ID of the reader, key of what was unlocked, the report's question; '' for the study. */
  readonly subject: string
  readonly text: string
  readonly words: readonly string[]
}

/** The same for the same text in the same place: what a person confirms. */
export const nameOfFound = ({ where, subject, text }: NameFound): string => JSON.stringify([where, subject, text])

/**
 * What people wrote and what leaves with the study, wherever words in it name somebody.
 * @param naming see `namingWords`
 * @param answers of the report, by question
 */
export function findNames(
  contents: StudyContents,
  naming: ReadonlySet<string>,
  answers: Readonly<Partial<Record<string, string>>> = {},
): readonly NameFound[] {
  const { study, patients, journal } = contents
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  const written: Omit<NameFound, 'words'>[] = [
    ...patients.flatMap(({ label: subject, note, flag, exclusion, lesions, centre, batch }) => [
      { where: 'note' as const, subject, text: note },
      { where: 'flag' as const, subject, text: flag ?? '' },
      { where: 'exclusion' as const, subject, text: exclusion?.reason ?? '' },
      { where: 'centre' as const, subject, text: centre },
      { where: 'batch' as const, subject, text: batch },
      ...lesions.map(({ name }) => ({ where: 'lesion' as const, subject, text: name ?? '' })),
    ]),
    ...study.readers.map(({ id, name }) => ({ where: 'reader' as const, subject: id, text: name })),
    { where: 'parameters', subject: '', text: study.parameters?.name ?? '' },
    ...Object.entries(answers).map(([subject, text]) => ({ where: 'answer' as const, subject, text: text ?? '' })),
    ...journal.map(({ subject, reason }) => ({
      where: 'unlocking' as const,
      subject: labels.get(subject) ?? subject,
      text: reason ?? '',
    })),
  ]
  return written.flatMap((one) => {
    const words = wordsThatName(one.text, naming)
    return words.length > 0 ? [{ ...one, words }] : []
  })
}

/** How many texts of a kind stay behind. */
export type LeftBehind = Readonly<Record<string, number>>

/**
 * The study without what might name somebody in headers and rules: texts of scanners leave where three or more patients share them and no
 * word in them names one.
 */
export function leavingStudy(
  contents: StudyContents,
  naming: ReadonlySet<string>,
): { readonly leaving: StudyContents; readonly leftBehind: LeftBehind } {
  const leftBehind: Record<string, number> = {}
  const leave = (what: string) => void (leftBehind[what] = (leftBehind[what] ?? 0) + 1)
  const free = new Map<string, ReadonlySet<string>>(
    technicalOf('text', 'free').map((keyword) => {
      const told = contents.images.map(({ technical, patient }) => ({ text: technical[keyword] ?? '', patient }))
      return [keyword, textsThatMayLeave(told, naming)] as const
    }),
  )
  const images = contents.images.map((image) => ({
    ...image,
    technical: Object.fromEntries(
      Object.entries(image.technical).filter(([keyword, text]) => {
        const may = free.get(keyword)?.has(text) ?? !namesSomebody(text, naming)
        if (!may) leave(keyword)
        return may
      }),
    ),
  }))
  const rules = contents.study.rules.filter(({ when }) => {
    const may = when.every((one) => !namesSomebody(JSON.stringify(one), naming))
    if (!may) leave('rules')
    return may
  })
  return { leaving: { ...contents, images, study: { ...contents.study, rules } }, leftBehind }
}
