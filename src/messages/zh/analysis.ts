import type { AnalysisMessages } from '../../core/analysis/messages.ts'
import type { SelectionStep } from '../../core/protocol/protocol.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

const selectionSteps: Readonly<Record<SelectionStep['method'], string>> = {
  agreement: '阅片者间一致性',
  rankSum: 'Wilcoxon 秩和检验',
  redundancy: '去除冗余',
  boruta: 'Boruta',
  annealing: '模拟退火',
  lasso: 'LASSO',
  mrmr: 'mRMR',
  elimination: '递归特征消除',
}

export const analysis: Sentences<AnalysisMessages> = {
  'step-harmonising': () => '正在协调批次效应',
  'step-selecting': ({ method, columns }) => `${selectionSteps[method]}：${columns} 个特征`,
  'step-training': ({ model }) => `正在训练 ${model}`,
  'step-folds': () => '嵌套交叉验证',
  'step-bootstraps': () => '自助法乐观偏差',
  'step-piece': () => '折和自助样本',
  'step-otherwise': ({ choice, step }, say) => `按 ${choice}：${say(step)}`,
  'no-greatest-likelihood': ({ model }) => `${model} 没有最大似然：两类可完全分开，或拟合未收敛。`,
  'columns-add-nothing': () => '加入的列可由其他列确定。',
  'not-corrected-for-selection': () => '未对特征选择作校正：选择特征时用到了这些患者的结局。',
  'rows-independent': () => '将同一患者的各行视为独立。',
  'no-clinical-column': ({ column }) => `没有临床列 ${column}。`,
  'nothing-stands-in': ({ column }) => `没有训练患者有 ${column} 的值：无法填补。请从模型中去除它。`,
  'predictor-missing': ({ column, cohort, ids }) =>
    `模型使用的 ${column} 在队列 ${cohort} 中对 ${listSome(ids)} 缺失。请补全，或在方案中说明如何处理（missing：complete cases，或 median of training）。`,
  'level-not-learnt': ({ column, level, ids }) =>
    `${column}：没有训练患者为类别 ${level}，而被评估的患者中有 ${ids.length} 名：${listSome(ids)}。请合并类别，或去除该预测变量或这些患者。`,
  'nobody-complete': ({ worst }) =>
    `没有训练患者的值全部齐全。缺失最多的是 ${listSome(worst.map(({ column, missing, rows }) => `${column}（${rows} 中缺 ${missing}）`))}。请去除这些列，或在方案中采用训练集的中位数。`,
  'features-missing': ({ features }) =>
    `${features.length} 个特征在训练患者中有缺失值：${features
      .slice(0, 5)
      .map(({ column, missing }) => `${column}（${missing}）`)
      .join('、')}。请补全，或在方案中说明如何处理（missing：complete cases、median of training 或 drop feature）。`,
  'not-judgeable': ({ column, fault, cohort, ids }) =>
    `模型使用的 ${column} 在队列 ${cohort} 中对 ${listSome(ids)} ${fault === 'missing' ? '缺失' : '为无穷大'}。请补全，或去除这些患者${fault === 'missing' ? '，或在方案中采用训练集的中位数' : ''}。`,
  'no-training-cohort': ({ training, cohorts }) => `没有可供学习的队列 ${training}；现有队列为 ${cohorts.join('、')}。`,
  'training-one-class': ({ training, positives, negatives }) =>
    `训练队列 ${training} 有 ${positives} 名阳性和 ${negatives} 名阴性患者；两者都需要。`,
  'few-for-folds': ({ training, column, positive, positives, negatives, folds }) =>
    `队列 ${training} 中 ${column} = ${positive}（阳性）的患者有 ${positives} 名，其他（阴性）有 ${negatives} 名；${folds} 折要求每类至少 ${folds} 名。请在方案中减少折数，或采用其他队列或结局。`,
  'patients-in-cohorts': ({ patients }) => {
    const some = patients.slice(0, 5).map(({ patient, cohorts }) => `${patient}（${cohorts.join('、')}）`)
    return `${patients.length} 名患者在一个以上的队列中：${some.join('；')}${patients.length > 5 ? ' 等' : ''}。同一患者的所有行应属于一个队列。`
  },
  'nobody-read-twice': () =>
    '方案要求两位阅片者的一致性，但没有患者被阅片两次。请加入第二位阅片者的特征（列 reader），或去除 agreement 这一步。',
  'no-candidates': ({ model, features }) => `模型 ${model} 指定的特征不存在，或因无法从中学习而被去除：${listSome(features)}。`,
  'constant-features': ({ features }) =>
    `${features.length} 个特征在所有训练患者中相同，无法从中学习：${listSome(features)}。已去除。`,
  'many-candidates': ({ candidates, patients }) =>
    `${patients} 名训练患者有 ${candidates} 个候选特征：每名患者超过十个。所得结果可能出于偶然；只有用其他患者才能判断。`,
  chance: ({ kept, expected, afterBh }) =>
    `Wilcoxon 检验保留了 ${kept} 个；仅凭偶然预期有 ${expected.toFixed(0)} 个，经 Benjamini-Hochberg 校正后剩余 ${afterBh} 个。`,
  'prefiltered-boruta': () => 'Boruta 之前已作筛选：前一步用到了同一结局，而影子特征没有经过那一步。仅凭偶然就会确认过多特征。',
  unstable: ({ folds }) => `换一批患者会选出不同的特征：在 ${folds} 折的一半中，没有任何所保留的特征或其替代特征被保留。`,
  'nothing-kept': ({ method }) => `${selectionSteps[method]}未留下任何特征：使用所选特征的模型只知道患病率，AUC 为 0.5。`,
  'nothing-kept-in-folds': ({ empty, folds }) => `${folds} 折中有 ${empty} 折未留下任何特征；按 AUC 0.5 计。`,
  twins: ({ pairs, columns: [first, second], rho }) =>
    `${pairs} 对所保留的特征含义几乎相同：${first} 与 ${second} 的秩相关为 ${rho.toFixed(2)}。`,
  'few-events': ({ model, events, columns, candidates }) =>
    `${model}：较少一类有 ${events} 名患者，而列有 ${columns} 个，每列 ${(events / columns).toFixed(1)} 名；通常至少 10 名。${candidates === null ? '' : `从 ${candidates} 个候选中选择会消耗更多。`}`,
  separation: ({ model, columns }) => `${model}：两类被 ${listSome(columns)} 完全分开；其系数没有有限的估计值。`,
  optimism: ({ model, apparent, from, outOfFold }) =>
    `${model} 看起来比实际好：${from === 'apparent' ? '表观' : '袋外'} AUC 为 ${apparent.toFixed(3)}${outOfFold === null ? '' : `，折外为 ${outOfFold.toFixed(3)}`}。`,
  degenerate: ({ cohort, model, auc }) =>
    `${cohort} 中的 ${model}：AUC 为 ${auc.toFixed(3)} 时 DeLong 方差为 0 或无定义；改用 Newcombe 区间。`,
  'not-validated': ({ cohort, model }) => `${cohort} 中的 ${model}：其截断值是在用来评估它的患者上选择的。`,
  'below-none': ({ cohort, model, threshold, benefit, without }) =>
    `${cohort} 中的 ${model}：在截断值 ${threshold.toFixed(3)} 处净获益为 ${benefit.toFixed(3)}，低于全部治疗或都不治疗的 ${without.toFixed(3)}。`,
  miscalibrated: ({ cohort, model, slope, inTheLarge }) =>
    `${cohort} 中的 ${model} 校准不良：斜率为 ${slope.toFixed(2)}（理想为 1），整体校准为 ${inTheLarge.toFixed(2)}（理想为 0）。`,
  'not-harmonised': ({ ids }) => `${ids.length} 名患者按测量值预测，未经协调：${listSome(ids)}。`,
}
