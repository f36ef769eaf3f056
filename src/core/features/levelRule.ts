import type { Discretisation, LevelRule } from './featureOptions.ts'
import { refuse } from './messages.ts'

export function isLevelRule(discretisation: Discretisation): discretisation is LevelRule {
  return discretisation.method !== 'fixedBinSize' && discretisation.method !== 'fixedBinNumber'
}

/**
 * The level, from 1 on, of each grey value of a region (IBSI 2.7): floor((x - lower) / size) + 1, or floor(count (x - least) /
 * (greatest - least)) + 1 with the greatest value in the last bin.
 * @param values of the whole region
 * @throws DataError if a value is not finite, lies below the first bin, or is no level where values are taken as they are
 */
export function levelRule(values: Float64Array, rule: LevelRule): (value: number) => number {
  let [minimum, maximum, areWhole] = [Infinity, -Infinity, true]
  for (const value of values) {
    if (!Number.isFinite(value)) throw refuse('levels-not-finite', { minimum: value, maximum: value })
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
    areWhole &&= Number.isInteger(value)
  }
  switch (rule.method) {
    case 'asTheyAre':
      if (!areWhole || minimum < 1) throw refuse('levels-no-levels', { minimum, maximum })
      return (value) => value
    case 'binsOfSize': {
      const lower = rule.lower ?? minimum
      if (minimum < lower) throw refuse('levels-below-first', { minimum, lower })
      return (value) => Math.floor((value - lower) / rule.size) + 1
    }
    case 'equalBins':
      return (value) => (value === maximum ? rule.count : Math.floor((rule.count * (value - minimum)) / (maximum - minimum)) + 1)
  }
}
