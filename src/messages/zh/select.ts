import type { SelectMessages } from '../../core/select/messages.ts'
import type { Sentences } from '../sentences.ts'

/** Its name, the importance that it measures, and how P is compared. */
const borutaVariants = {
  Boruta: ['Boruta（R）', '置换重要性除以其标准误', '<'],
  BorutaPy: ['BorutaPy', 'Gini 重要性', '<='],
} as const

export const select: Sentences<SelectMessages> = {
  'step-boruta': ({ run, confirmed, rejected, open }) =>
    `Boruta，第 ${run} 轮：确认 ${confirmed}，拒绝 ${rejected}，待定 ${open}`,
  'step-annealing': () => '模拟退火',
  'step-elimination': () => '递归特征消除',
  'agreement-one-reader': () => '一致性至少还需要一位阅片者的表格。',
  'agreement-few-patients': ({ least, of, patients }) =>
    `一致性要求至少 ${least} 名由每位阅片者都阅过的${of === 'training' ? '训练' : ''}患者；现有 ${patients} 名。`,
  'annealing-count': ({ name, given }) => `模拟退火的 ${name} 应为不小于 1 的整数；给出的是 ${given}。`,
  'boruta-runs': ({ given }) => `maximumRuns 应为大于 10 的整数；给出的是 ${given}。`,
  'boruta-significance': ({ given }) => `significance 应在 0 与 1 之间；给出的是 ${given}。`,
  'elimination-size': ({ given }) => `递归特征消除的特征数应为不小于 1 的整数；给出的是 ${given}。`,
  'icc-size': ({ readers, patients }) => `一致性至少需要两位阅片者和两名患者；现有 ${readers} 位和 ${patients} 名。`,
  'icc-lengths': ({ patients, readings }) => `每位阅片者应阅相同的患者；现有 ${patients} 名患者和 ${readings} 次阅片。`,
  'icc-value': ({ patient, found }) => `一致性接受有限的值；患者 ${patient} 为 ${found}。`,
  'mrmr-count': ({ name, least, most, given }) => `mRMR 的 ${name} 应为 ${least} 到 ${most} 的整数；给出的是 ${given}。`,
  'rank-sum-one-class': ({ positives, negatives }) =>
    `秩和检验比较两类；类别 1 有 ${positives} 名患者，类别 0 有 ${negatives} 名。`,
  'votes-few': ({ metric }) => `袋外患者太少，无法计算 ${metric}：请增加树的数目。`,
  'agreement-uncertain': ({ patients, usual }) => `只有 ${patients} 名患者被再次阅片：少于 ${usual} 名时 ICC 不确定。`,
  'icc-few-patients': ({ fewest }) => `各次阅片齐全的患者少于 ${fewest} 名`,
  'icc-infinite': () => '有一次阅片为无穷大',
  'icc-constant': () => '各次阅片没有变化',
  'icc-patients-equal': () => '患者之间没有差别',
  'icc-not-finite': () => '该形式没有有限的值',
  'class-without-value': ({ outcome }) => `类别 ${outcome} 没有值`,
  'values-equal': () => '所有值相等',
  boruta: ({ variant, significance, trees, maximumRuns, roughFix }) => {
    const [name, importance, sign] = borutaVariants[variant]
    return `${name}：${importance}，${trees} 棵树，P ${sign} ${significance}，Bonferroni，最多 ${maximumRuns - 1} 轮${roughFix ? '，TentativeRoughFix' : ''}`
  },
  'boruta-filtered-before': () => '在 Boruta 之前，各列已按同一批患者的结局筛选，而影子特征没有。因此仅凭偶然就会确认过多的列。',
  annealing: ({ metric, folds, iterations, improve, trees, maximumSize }) =>
    `模拟退火（${trees} 棵树的随机森林；内层用袋外 ${metric}，外层用 ${folds} 个留出折；${iterations} 次迭代，${improve} 次没有改进则回到最佳${maximumSize === null ? '' : `，最多 ${maximumSize} 个特征`}）`,
}
