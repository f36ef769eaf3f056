import type { Covariate, CovariateCode } from '../../core/harmonise/covariates.ts'
import { refuse } from './messages.ts'
import { parseNumber, readColumn, type TextTable } from './tableFile.ts'

/** The text of a column by patient; where a patient has several rows they must agree. */
export function readFact(facts: TextTable, column: string): Map<string, string> {
  const valueOf = new Map<string, string>()
  readColumn(facts, column).forEach((text, row) => {
    const id = facts.ids[row]
    const earlier = valueOf.get(id)
    if (earlier !== undefined && earlier !== text)
      throw refuse('rows-differ', { path: facts.path, column, id, values: [earlier, text] })
    valueOf.set(id, text)
  })
  return valueOf
}

/** A covariate that ComBat has learnt, of other patients. @throws DataError for a number that is none */
export function readKnownCovariate(facts: TextTable, { name, kind }: CovariateCode): Covariate {
  const texts = readFact(facts, name)
  if (kind === 'factor') return { name, kind, valueOf: texts }
  const numberOf = (id: string, text: string) => {
    const value = parseNumber(text)
    if (typeof value !== 'number') throw refuse('covariate-unusable', { path: facts.path, column: name, id, problem: value })
    return value
  }
  return { name, kind, valueOf: new Map([...texts].map(([id, text]) => [id, numberOf(id, text)])) }
}
