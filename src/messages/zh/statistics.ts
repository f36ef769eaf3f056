import type { StatisticsMessages } from '../../core/statistics/messages.ts'
import type { Sentences } from '../sentences.ts'

const widthNames = { observedOverExpected: '观察与期望之比', slope: '校准斜率', auc: 'AUC' }

export const statistics: Sentences<StatisticsMessages> = {
  'p-value': ({ wrong }) => `P 值应在 0 与 1 之间；给出的是 ${wrong}。`,
  'pearson-few-pairs': ({ pairs }) => `Pearson 检验至少需要三对；现有 ${pairs} 对。`,
  'spearman-few-pairs': ({ pairs }) => `Spearman 检验至少需要两对；现有 ${pairs} 对。`,
  'chi-square-empty': () => '有一行或一列为空：请去除后再计算。',
  'chi-square-small': ({ small, counts }) => `${counts} 个期望频数中有 ${small} 个小于 5：近似可能不佳，请看 Fisher 精确检验。`,
  'correlation-lengths': ({ first, second }) => `相关要求两列长度相同；分别有 ${first} 和 ${second} 个值。`,
  'count-table-size': ({ rows, columns }) => `列联表至少需要 2 行 2 列；这里为 ${rows} 行 ${columns} 列。`,
  'count-table-ragged': () => '列联表各行的长度应相同。',
  'count-table-entry': ({ wrong }) => `列联表应由从 0 起的整数组成；${wrong} 不是。`,
  'count-table-empty': () => '列联表至少需要一名患者；各项全为 0。',
  'fisher-table-size': () => '具有这些边缘合计的表过多，无法作 Fisher 精确检验。请合并少见的类别，或使用卡方检验。',
  'glm-lengths': ({ rows, name, given }) => `${rows} 个结局需要 ${rows} 个 ${name}；给出了 ${given} 个。`,
  'glm-design-size': ({ values, rows }) => `${values} 个值的设计矩阵不能分为 ${rows} 行的列。`,
  'glm-design-missing': () => '设计矩阵有缺失或无穷大的值。',
  'kruskal-few-groups': ({ groups }) => `Kruskal-Wallis 检验至少比较两组；给出了 ${groups} 组。`,
  'kruskal-empty-group': ({ group, groups }) => `每组都需要值；${groups} 组中的第 ${group} 组没有。`,
  'plan-share': ({ what, value }) =>
    `${what === 'riskMargin' ? '总体风险的误差范围' : what} 应大于 0 且小于 1；给出的是 ${value}。`,
  'plan-shrinkage': ({ coxSnell, shrinkage }) => `收缩因子应大于 Cox-Snell R² ${round(coxSnell)}；给出的是 ${shrinkage}。`,
  'plan-nagelkerke': ({ given }) => `Nagelkerke R² 应大于 0 且小于 1；给出的是 ${given}。`,
  'plan-cox-snell': ({ prevalence, greatest, given }) =>
    `患病率为 ${prevalence} 时，Cox-Snell R² 应大于 0 且小于 ${round(greatest)}；给出的是 ${given}。`,
  'plan-observed-over-expected': ({ given }) => `观察与期望之比应为大于 0 的数；给出的是 ${given}。`,
  'plan-interval-width': ({ what, value }) => `${widthNames[what]}的区间宽度应为大于 0 的数；给出的是 ${value}。`,
  'plan-normal-predictor': ({ mean, sd }) => `正态线性预测值有均值和大于 0 的标准差；给出的是 ${mean} 和 ${sd}。`,
  'plan-beta-risks': ({ alpha, beta }) => `风险的 beta 分布有两个大于 0 的参数；给出的是 ${alpha} 和 ${beta}。`,
  'rank-sum-empty-group': ({ first, second }) => `秩和检验两组都需要值；分别有 ${first} 和 ${second} 个。`,
  'rank-sum-exact-size': ({ most, first, second }) =>
    `精确秩和检验最多接受 ${most} 对；${first} 和 ${second} 个值超过了。请使用 exact: false。`,
  'shapiro-size': ({ values }) => `Shapiro-Wilk 检验接受 3 到 5000 个值；现有 ${values} 个。`,
  'shapiro-infinite': () => 'Shapiro-Wilk 检验接受有限的值；至少有一个为无穷大。',
  'shapiro-constant': () => 'Shapiro-Wilk 检验要求值有变化；现在全部相等。',
  'plan-prevalence': ({ prevalence }) => `患病率是有该结局的患者所占比例，应大于 0 且小于 1；给出的是 ${prevalence}。`,
  'plan-auc': ({ auc }) => `AUC 应大于 0.5（随机猜测）且小于 1；给出的是 ${auc}。`,
  'plan-count': ({ what, value }) => `${what === 'parameters' ? '候选参数' : what}的数目应为从 1 起的整数；给出的是 ${value}。`,
  'plan-uncountable': () => '没有任何患者数能满足要求：请检查患病率和预期性能。',
  't-test-few-values': ({ first, second }) => `t 检验每组至少需要两个值；分别有 ${first} 和 ${second} 个。`,
  't-test-unpaired': ({ first, second }) => `配对的值应数目相等；给出了 ${first} 和 ${second} 个。`,
  't-test-few-pairs': ({ pairs }) => `配对 t 检验至少需要两对；现有 ${pairs} 对。`,
  't-test-infinite': () => 't 检验接受有限的值；至少有一个为无穷大。',
  't-test-constant': () => 't 检验要求值有变化；这些值在组内为常数。',
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
