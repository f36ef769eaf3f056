import { messagesOf } from '../messages/message.ts'

export interface StatisticsMessages {
  'p-value': { readonly wrong: number }
  'pearson-few-pairs': { readonly pairs: number }
  'spearman-few-pairs': { readonly pairs: number }
  'chi-square-empty': Readonly<Record<never, never>>
  'chi-square-small': { readonly small: number; readonly counts: number }
  'correlation-lengths': { readonly first: number; readonly second: number }
  'count-table-size': { readonly rows: number; readonly columns: number }
  'count-table-ragged': Readonly<Record<never, never>>
  'count-table-entry': { readonly wrong: number }
  'count-table-empty': Readonly<Record<never, never>>
  'fisher-table-size': Readonly<Record<never, never>>
  'glm-lengths': { readonly rows: number; readonly name: string; readonly given: number }
  'glm-design-size': { readonly values: number; readonly rows: number }
  'glm-design-missing': Readonly<Record<never, never>>
  'kruskal-few-groups': { readonly groups: number }
  'kruskal-empty-group': { readonly group: number; readonly groups: number }
  'plan-share': { readonly what: 'shrinkage' | 'optimism' | 'riskMargin'; readonly value: number }
  'plan-shrinkage': { readonly coxSnell: number; readonly shrinkage: number }
  'plan-nagelkerke': { readonly given: number }
  'plan-cox-snell': { readonly prevalence: number; readonly greatest: number; readonly given: number }
  'plan-observed-over-expected': { readonly given: number }
  'plan-interval-width': { readonly what: 'observedOverExpected' | 'slope' | 'auc'; readonly value: number }
  'plan-normal-predictor': { readonly mean: number; readonly sd: number }
  'plan-beta-risks': { readonly alpha: number; readonly beta: number }
  'rank-sum-empty-group': { readonly first: number; readonly second: number }
  'rank-sum-exact-size': { readonly most: number; readonly first: number; readonly second: number }
  'shapiro-size': { readonly values: number }
  'shapiro-infinite': Readonly<Record<never, never>>
  'shapiro-constant': Readonly<Record<never, never>>
  'plan-prevalence': { readonly prevalence: number }
  'plan-auc': { readonly auc: number }
  'plan-count': { readonly what: 'parameters' | 'patients'; readonly value: number }
  'plan-uncountable': Readonly<Record<never, never>>
  't-test-few-values': { readonly first: number; readonly second: number }
  't-test-unpaired': { readonly first: number; readonly second: number }
  't-test-few-pairs': { readonly pairs: number }
  't-test-infinite': Readonly<Record<never, never>>
  't-test-constant': Readonly<Record<never, never>>
}

export const { refuse, tell } = messagesOf<StatisticsMessages>('statistics')
