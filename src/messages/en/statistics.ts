import type { StatisticsMessages } from '../../core/statistics/messages.ts'
import type { Sentences } from '../sentences.ts'

const widthNames = { observedOverExpected: 'of observed over expected', slope: 'of the calibration slope', auc: 'of the AUC' }

export const statistics: Sentences<StatisticsMessages> = {
  'p-value': ({ wrong }) => `A P value lies between 0 and 1; ${wrong} was given.`,
  'pearson-few-pairs': ({ pairs }) => `Pearson's test needs at least three pairs; there are ${pairs}.`,
  'spearman-few-pairs': ({ pairs }) => `Spearman's test needs at least two pairs; there are ${pairs}.`,
  'chi-square-empty': () => 'A row or column is empty: leave it out to have an answer.',
  'chi-square-small': ({ small, counts }) =>
    `${small} of ${counts} expected counts are below 5: the approximation may be poor, see Fisher's exact test.`,
  'correlation-lengths': ({ first, second }) =>
    `A correlation takes columns of the same length; they have ${first} and ${second} values.`,
  'count-table-size': ({ rows, columns }) =>
    `A table of counts needs at least 2 rows and 2 columns; this has ${rows} and ${columns}.`,
  'count-table-ragged': () => 'The rows of a table of counts have the same length.',
  'count-table-entry': ({ wrong }) => `A table of counts holds whole numbers from 0 upwards; ${wrong} is none.`,
  'count-table-empty': () => 'A table of counts needs at least one patient; all its entries are 0.',
  'fisher-table-size': () =>
    "There are too many tables with these margins for Fisher's exact test. Merge rare categories, or use the chi-square test.",
  'glm-lengths': ({ rows, name, given }) => `${rows} outcomes need ${rows} ${name}; ${given} were given.`,
  'glm-design-size': ({ values, rows }) => `A design of ${values} values does not divide into columns of ${rows} rows.`,
  'glm-design-missing': () => 'The design has a value that is missing or infinite.',
  'kruskal-few-groups': ({ groups }) => `The Kruskal-Wallis test compares at least two groups; ${groups} was given.`,
  'kruskal-empty-group': ({ group, groups }) => `Every group needs values; group ${group} of ${groups} has none.`,
  'plan-share': ({ what, value }) =>
    `The ${what === 'riskMargin' ? 'margin of the overall risk' : what} lies above 0 and below 1; ${value} was given.`,
  'plan-shrinkage': ({ coxSnell, shrinkage }) =>
    `The shrinkage must lie above the R² of Cox and Snell, ${round(coxSnell)}; ${shrinkage} was given.`,
  'plan-nagelkerke': ({ given }) => `Nagelkerke's R² lies above 0 and below 1; ${given} was given.`,
  'plan-cox-snell': ({ prevalence, greatest, given }) =>
    `The R² of Cox and Snell lies above 0 and, where the prevalence is ${prevalence}, below ${round(greatest)}; ${given} was given.`,
  'plan-observed-over-expected': ({ given }) => `Observed over expected is a number above 0; ${given} was given.`,
  'plan-interval-width': ({ what, value }) =>
    `The width of the interval ${widthNames[what]} is a number above 0; ${value} was given.`,
  'plan-normal-predictor': ({ mean, sd }) =>
    `A normal linear predictor has a mean and a standard deviation above 0; ${mean} and ${sd} were given.`,
  'plan-beta-risks': ({ alpha, beta }) =>
    `A beta distribution of the risks has two parameters above 0; ${alpha} and ${beta} were given.`,
  'rank-sum-empty-group': ({ first, second }) =>
    `The rank-sum test needs values in both groups; they have ${first} and ${second}.`,
  'rank-sum-exact-size': ({ most, first, second }) =>
    `The exact rank-sum test takes groups of up to ${most} pairs; ${first} and ${second} values are more. Use exact: false.`,
  'shapiro-size': ({ values }) => `The Shapiro-Wilk test takes 3 to 5000 values; there are ${values}.`,
  'shapiro-infinite': () => 'The Shapiro-Wilk test takes finite values; at least one is infinite.',
  'shapiro-constant': () => 'The Shapiro-Wilk test needs values that vary; all are equal.',
  'plan-prevalence': ({ prevalence }) =>
    `The prevalence is the share of patients with the outcome, above 0 and below 1; ${prevalence} was given.`,
  'plan-auc': ({ auc }) => `The AUC lies above 0.5 (a guess) and below 1; ${auc} was given.`,
  'plan-count': ({ what, value }) =>
    `The number of ${what === 'parameters' ? 'candidate parameters' : what} is a whole number from 1; ${value} was given.`,
  'plan-uncountable': () =>
    'No number of patients would be enough for what is asked: check the prevalence and the expected performance.',
  't-test-few-values': ({ first, second }) => `The t test needs at least two values a group; there are ${first} and ${second}.`,
  't-test-unpaired': ({ first, second }) => `Paired values come in equal numbers; ${first} and ${second} were given.`,
  't-test-few-pairs': ({ pairs }) => `The paired t test needs at least two pairs; there are ${pairs}.`,
  't-test-infinite': () => 'The t test takes finite values; at least one is infinite.',
  't-test-constant': () => 'The t test needs values that vary; these are constant within the groups.',
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
