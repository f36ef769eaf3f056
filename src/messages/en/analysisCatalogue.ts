import { analysis } from './analysis.ts'
import { evaluate } from './evaluate.ts'
import { harmonise } from './harmonise.ts'
import { learn } from './learn.ts'
import { protocol } from './protocol.ts'
import { report } from './report.ts'
import { results } from './results.ts'
import { roles } from './roles.ts'
import { select } from './select.ts'
import { statistics } from './statistics.ts'
import { table } from './table.ts'
import { tables } from './tables.ts'

/** Sentences from tables to reports, by the step that says them; the first screens of the page do without. */
export const ofAnalysis = {
  analysis,
  evaluate,
  harmonise,
  learn,
  protocol,
  report,
  results,
  roles,
  select,
  statistics,
  table,
  tables,
}
