/*
 * What of headers may leave: texts that people write may name a patient, whatever their field is meant for.
 */

type Attributes = Readonly<Record<string, string>>

/** A text that fewer patients share may be about one of them. */
const fewestPatients = 3
/** Shorter parts of names are words of every language. */
const shortestWord = 4

const naming = ['PatientID', 'IssuerOfPatientID', 'PatientName', 'PatientBirthDate', 'StudyDate', 'SeriesDate', 'AcquisitionDate', 'InstitutionName'] // prettier-ignore

/** Words that name patients, institutions or days, of all the headers. */
export function namingWords(headers: readonly Attributes[]): ReadonlySet<string> {
  return new Set(headers.flatMap((dicom) => naming.flatMap((keyword) => wordsOf(dicom[keyword] ?? ''))))
}

/** The words of a text that name somebody, in small letters. */
export function wordsThatName(text: string, naming: ReadonlySet<string>): readonly string[] {
  return [...new Set(wordsOf(text).filter((word) => naming.has(word)))]
}

/** Whether a text has a word that names somebody. */
export const namesSomebody = (text: string, naming: ReadonlySet<string>): boolean => wordsThatName(text, naming).length > 0

/**
 * Which texts of one attribute may leave: those that several patients share and that have no word naming somebody.
 * @param told the text of each image, and whose it is
 */
export function textsThatMayLeave(
  told: readonly { readonly text: string; readonly patient: string }[],
  naming: ReadonlySet<string>,
): ReadonlySet<string> {
  const patients = new Map<string, Set<string>>()
  for (const { text, patient } of told) patients.set(text, (patients.get(text) ?? new Set()).add(patient))
  return new Set(
    [...patients].filter(([text, own]) => own.size >= fewestPatients && !namesSomebody(text, naming)).map(([text]) => text),
  )
}

/** Words that few patients share: of texts such as paths, which hold names beside words of every language. */
export function rareWords(told: readonly { readonly text: string; readonly patient: string }[]): ReadonlySet<string> {
  const patients = new Map<string, Set<string>>()
  for (const { text, patient } of told)
    for (const word of wordsOf(text)) patients.set(word, (patients.get(word) ?? new Set()).add(patient))
  return new Set([...patients].filter(([, own]) => own.size < fewestPatients).map(([word]) => word))
}

/** Words of texts that are known to name somebody, e.g. keys of identities and names of folders. */
export const wordsOfTexts = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap(wordsOf))

/** Parts of a text and the text itself, as long as they can tell a person. Chinese names are short: two characters do. */
function wordsOf(text: string): string[] {
  const parts = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return parts.filter((part) => part.length >= (/\p{Script=Han}/u.test(part) ? 2 : shortestWord))
}
