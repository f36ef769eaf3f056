import type { NumericMessages } from '../../core/numeric/messages.ts'
import type { Sentences } from '../sentences.ts'

export const numeric: Sentences<NumericMessages> = {
  'eigenvalue-unsettled': ({ size }) => `${size} x ${size} 矩阵的一个特征值未能收敛。`,
  'quantile-probability': ({ given }) => `分位数的概率应在 0 与 1 之间；给出的是 ${given}。`,
  'quantile-of-missing': () => '要求计算含缺失值的分位数：请先去除缺失值。',
  'root-not-between': ({ lower, upper, atLower, atUpper }) =>
    `求根要求函数在 ${lower} 与 ${upper} 处的值异号；实际为 ${atLower} 与 ${atUpper}。`,
  'scores-and-outcomes': ({ scores, outcomes }) => `每个评分都需要一个结局：给出了 ${scores} 个评分和 ${outcomes} 个结局。`,
  'score-missing': ({ row, rows }) => `共 ${rows} 个评分，第 ${row} 个缺失：请去除该患者。`,
  seed: ({ given }) => `随机种子应为 0 到 9007199254740991 之间的整数；给出的是 ${given}。`,
}
