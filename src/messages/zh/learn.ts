import type { Learner, LearnMessages } from '../../core/learn/messages.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

const learners: Readonly<Record<Learner, string>> = {
  logistic: 'logistic 回归',
  'penalised logistic': '惩罚 logistic 回归',
  svm: '支持向量机',
  elimination: '递归特征消除',
  mrmr: 'mRMR',
  annealing: '模拟退火',
}

export const learn: Sentences<LearnMessages> = {
  'step-tuning': () => '正在调参',
  'one-class': ({ learner, patients, outcome }) =>
    `${learners[learner]}需要两类患者；${patients} 名训练患者的结局全为 ${outcome}。`,
  'class-weights-of-two': ({ weights }) => `类别权重应为两个正数，或 "balanced"；给出的是 ${weights.join('、')}。`,
  'forest-no-column': () => '随机森林至少需要一列；没有给出。',
  'forest-fraction': ({ given }) => `sampling.fraction 应大于 0 且不超过 1；给出的是 ${given}。`,
  'forest-class-weights': ({ weights }) => `类别权重应大于 0 且有限；给出的是 ${weights.join(' 和 ')}。`,
  'forest-one-class': ({ positives, rows }) =>
    `随机森林要区分两类；${rows} 个训练行中有 ${positives} 行的结局为 1。请检查结局列。`,
  'forest-count': ({ name, most, given }) =>
    `${name} 应为 1 到 ${most}${name === 'mtry' ? '（列数）' : ''} 的整数；给出的是 ${given}。`,
  'forest-value': ({ column, id, found }) => `${id} 的 ${column} 为 ${found}：随机森林不能使用。请填补，或去除该列。`,
  'lasso-alpha': ({ given }) => `alpha 应在 0（岭回归）到 1（LASSO）之间；给出的是 ${given}。`,
  'lasso-lambda': ({ given }) => `lambda 应不小于 0，或为 "minimum" 或 "one SE"；给出的是 ${given}。`,
  'lasso-folds': ({ given, rows }) => `每名训练患者有一折；${rows} 名患者给出了 ${given} 个。`,
  'logistic-columns': ({ columns, rows }) =>
    `${columns} 列的 logistic 回归需要多于 ${columns + 1} 名患者；现有 ${rows} 名。请使用岭或 LASSO 惩罚，或选择更少的列。`,
  'firth-columns': ({ columns }) =>
    `Firth 方法要求各列不能互相确定；请去除 ${columns.slice(0, 10).join('、')} 中的常数列和重复列。`,
  'forest-rows': ({ rows }) => `随机森林最多接受 65535 行；给出了 ${rows} 行。`,
  'forest-lengths': ({ rows, columns, values, outcomes }) =>
    `${rows} 行 ${columns} 列需要 ${rows * columns} 个值和 ${rows} 个结局；给出了 ${values} 个和 ${outcomes} 个。`,
  'forest-finite': ({ row, column, found }) => `随机森林接受有限的值；第 ${row} 行、列 ${column} 为 ${found}。`,
  'forest-bags': ({ patients, most }) => `随机森林的一袋最多 65535 行；${patients} 名患者、每名最多 ${most} 行可能超过。`,
  'svm-no-column': () => '支持向量机至少需要一列；没有给出。',
  'svm-cost': ({ given }) => `cost 应大于 0；给出的是 ${given}。`,
  'svm-gamma': ({ given }) => `gamma 应大于 0；给出的是 ${given}。`,
  'svm-folds': ({ given }) => `folds 应为从 2 起的整数；给出的是 ${given}。`,
  'tuning-no-candidate': () => '调参至少需要一个候选；没有给出。',
  'tuning-deviance': () => '偏差（deviance）要求概率，而这些评分不是：请按 AUC 调参。',
  'not-finite': ({ learner, wrong }) =>
    `${learners[learner]}接受有限的值：${listSome(
      wrong.map(({ column, id, is }) => `${id} 的 ${column} 为 ${is === 'missing' ? '缺失' : '无穷大'}`),
      '；',
    )}。请去除这些列或患者，或先填补。`,
  'no-feature-left': () => '没有剩余特征：每名患者都得到训练患者的患病率，AUC 为 0.5。',
  'selected-not-corrected': () => 'P 值、标准误和优势比未对特征选择作校正。',
  'classes-separated': ({ columns }) =>
    `两类被 ${listSome(columns)} 完全分开：系数没有有限的估计值，其检验没有意义。请使用 Firth 方法。`,
  'columns-determined': ({ columns }) => `可由其他列确定，因此没有系数：${columns.join('、')}。`,
  'class-weights-shift': () => '类别权重会使概率偏移：作为风险解读之前请重新校准。标准误将权重视为计数。',
  'svm-lone-patient': () => '有一类只有一名患者：没有概率，评分为决策值。',
  'svm-no-rise': () => '折外决策值不随结局升高：没有概率，评分为决策值。',
}
