import { binormalAuc } from '../../../../core/evaluate/binormal.ts'
import { truthOf, type PlayState } from '../../../../state/learn/playground.ts'
import type { ChartTable } from '../../charts/DataTable.tsx'

/** A row a study under that of the truth, and in each what was set, so that the file says by itself what it is of. */
export function studiesTable({ drawn, settings }: Pick<PlayState, 'drawn' | 'settings'>): ChartTable {
  const of = drawn?.of ?? settings
  const set = { ...of, threshold: settings.threshold }
  const values = Object.values(set)
  const truth = ['truth', binormalAuc(truthOf(of)), NaN, NaN, ...values]
  const studies = (drawn?.studies ?? []).map(({ auc: { auc, interval } }, i) => [String(i + 1), auc, interval.lower, interval.upper, ...values])
  return { columns: ['study', 'AUC', 'lower', 'upper', ...Object.keys(set)], rows: [truth, ...studies] }
} // prettier-ignore
