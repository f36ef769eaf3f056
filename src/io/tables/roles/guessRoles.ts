import { idNames, indexNames } from '../columnWords.ts'
import { describesRow } from '../tableFile.ts'
import type { ColumnFacts } from './columnFacts.ts'
import type { Role } from './scoreChoice.ts'
import type { StudyRole } from './studyChoice.ts'

const outcomeNames = /^(outcome|target|label|class|y|truth|event|status|diagnosis|response|group)$/i
const cohortNames = /^(cohort|split|set|centre|center|site|hospital|institution|dataset)$/i
const batchNames = /^(batch|scanner|vendor|manufacturer|machine|device|field[ _-]?strength)$/i
const readerNames = /^(reader|rater|observer)$/i
const sequenceNames = /^(sequence|modality)$/i
const clinicalNames =
  /^(age|sex|gender|bmi|grade|stage|t[ _-]?stage|n[ _-]?stage|size|menopaus\w*|smok\w*|er|pr|her2|ki[ _-]?67|histology|tic([ _-]?type)?|bi-?rads)([ _-](status|years?|score|type|group))?$/i
/** Names that PyRadiomics gives. */
const radiomicNames = /_(shape|shape2D|firstorder|glcm|glrlm|glszm|gldm|ngtdm|lbp)_/i
const mostLevels = 20

/** The one column of each kind that both ways in have; -1 where there is none. */
function findNamed(columns: readonly ColumnFacts[]) {
  const first = (fits: (fact: ColumnFacts, at: number) => boolean) => columns.findIndex(fits)
  const exact = first(({ name }) => /^id$/i.test(name))
  const id = exact >= 0 ? exact : first(({ name }) => idNames.test(name))
  const outcome = first(({ name, distinct }) => outcomeNames.test(name) && distinct === 2)
  const cohort = first(({ name, distinct }, at) => cohortNames.test(name) && distinct > 1 && at !== outcome)
  return { id, outcome, cohort }
}

/** Roles in a table of scores, by names and values, to be shown as guesses. A column of one or two values is none of scores. */
export function guessScoreRoles(columns: readonly ColumnFacts[]): Role[] {
  const { id, outcome, cohort } = findNamed(columns)
  return columns.map(({ distinct, isNumeric }, at) =>
    at === id ? 'id' : at === outcome ? 'outcome' : at === cohort ? 'cohort' : isNumeric && distinct > 2 ? 'score' : 'left out',
  )
}

/** Roles in a table of features or of clinical facts. A column of two numbers is a status rather than a feature. */
export function guessStudyRoles(columns: readonly ColumnFacts[]): StudyRole[] {
  const { id, outcome, cohort } = findNamed(columns)
  const guess = ({ name, distinct, isMostlyNumeric }: ColumnFacts, at: number): StudyRole => {
    if (at === id) return 'id'
    if (at === outcome) return 'outcome'
    if (at === cohort) return 'cohort'
    if (at === 0 && id > 0 && (name === 'column 1' || indexNames.test(name))) return 'ignored'
    if (batchNames.test(name) || cohortNames.test(name)) return 'batch'
    if (readerNames.test(name)) return 'reader'
    if (sequenceNames.test(name)) return 'sequence'
    if (describesRow(name) || distinct === 0) return 'ignored'
    if (radiomicNames.test(name)) return 'feature'
    if (clinicalNames.test(name)) return 'clinical'
    if (isMostlyNumeric) return distinct === 2 ? 'clinical' : 'feature'
    return distinct <= mostLevels ? 'clinical' : 'ignored'
  }
  return columns.map(guess)
}
