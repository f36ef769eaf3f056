import { formatP } from '../../core/numeric/formatP.ts'
import type { ReportMessages } from '../../core/report/messages.ts'
import { iccNames } from '../../core/select/iccForms.ts'
import type { Sentences } from '../sentences.ts'
import { listSome } from './listSome.ts'

const faultNames: Readonly<Record<ReportMessages['column-faults']['fault'], string>> = {
  constant: '为常数',
  'near-constant': '接近常数',
  missing: '有缺失值',
  infinite: '为无穷大',
}

const sameUnderTwoIds = '是同一患者用了两个 ID 吗？'

export const report: Sentences<ReportMessages> = {
  'cohorts-fixed': ({ hash }) => `队列在学习之前已固定（SHA-256 ${hash}）。`,
  'not-harmonised': ({ ids }) => `未作协调，因为其批次无法协调：${listSome(ids)}。`,
  'missing-values': ({ values, columns, choice }) =>
    `缺失：${listSome(columns)} 的 ${values} 个值（missing.csv 按队列计数）；方案的处理：${choice}。`,
  'missing-left-out': ({ cohort, ids }) => `因有值缺失而从队列 ${cohort} 中去除：${ids.length} 行（${listSome(ids)}）。`,
  'missing-otherwise': ({ choice, aucs }) =>
    `若改为处理方式 ${choice}，AUC 为：${aucs.map(({ cohort, model, auc }) => `${cohort}，${model} ${digits(auc)}`).join('；')}（missing_sensitivity.csv）。`,
  'missing-otherwise-failed': ({ choice, reason }, say) => `处理方式 ${choice} 无法执行：${say(reason)}`,
  'rows-copied': ({ cohort, pairs }) =>
    `警告：队列 ${cohort} 有 ${pairs.length} 名患者的每个特征都与某名训练患者相同：${listSome(pairs.map(({ judged, training }) => `${judged} = ${training}`))}。${sameUnderTwoIds}如果是，模型在那里的结果就不是验证。`,
  'rows-repeated': ({ twins }) =>
    `警告：有 ${twins.length} 名训练患者的每个特征都与另一名相同：${listSome(twins.map(({ later, first }) => `${later} = ${first}`))}。${sameUnderTwoIds}如果是，交叉验证就会用学习过她的模型来评估她。`,
  'rows-copied-counted': ({ cohort, patients }) =>
    `警告：队列 ${cohort} 有 ${patients} 名患者的每个特征都与某名训练患者相同。${sameUnderTwoIds}如果是，模型在那里的结果就不是验证。`,
  'rows-repeated-counted': ({ patients }) =>
    `警告：有 ${patients} 名训练患者的每个特征都与另一名相同。${sameUnderTwoIds}如果是，交叉验证就会用学习过她的模型来评估她。`,
  'outcome-copied': ({ columns }) =>
    `警告：${listSome(columns)} 能毫无差错地说出训练患者的结局：它是换了名称的结局，还是在结局之后才知道的？如果是，下面的所有数字都没有价值。请从特征中去除。`,
  'column-faults': ({ fault, kept, columns }) =>
    `在训练中${faultNames[fault]}，已${kept ? '保留' : '去除'}：${listSome(columns)}。`,
  'imputed-in-training': ({ method, values, features }) =>
    `在训练中以训练的 ${method} 填补：${features} 个特征的 ${values} 个值。`,
  'imputed-in-cohort': ({ cohort, values, features }) =>
    `在队列 ${cohort} 中以训练的中位数填补：${features} 个特征的 ${values} 个值。`,
  'step-agreement': ({ kept, columns, form, on, threshold, reread, patients, undefinedColumns, readings }) =>
    `${readings === 'one reader twice' ? '同一阅片者两次的' : ''}一致性：${columns} 个中保留 ${kept} 个；${form} = ${iccNames[form].shroutFleiss}，${on} 大于 ${threshold}，${patients === 'training' ? `${reread} 名训练患者` : `${reread} 名患者（${patients}）`}；${undefinedColumns} 个没有 ICC。`,
  'step-rank-sum': ({ kept, columns, alpha, adjust, expectedByChance, keptAfterBh }) =>
    `Wilcoxon 秩和检验：${columns} 个中保留 ${kept} 个，P < ${alpha}${adjust === 'none' ? '' : `（${adjust}）`}；仅凭偶然预期 ${Number(expectedByChance.toFixed(1))} 个，经 Benjamini-Hochberg 校正后剩余 ${keptAfterBh} 个。`,
  'step-boruta': ({ name, kept, columns, tentative }, say) =>
    `${say(name)}：${columns} 个中保留 ${kept} 个，${tentative} 个待定。`,
  'step-annealing': ({ name, kept, columns, iteration }, say) =>
    `${say(name)}：${columns} 个中保留 ${kept} 个，取第 ${iteration} 次迭代的。`,
  'step-redundancy': ({ kept, columns, limit }) => `冗余（|Spearman| 大于 ${limit}）：${columns} 个中保留 ${kept} 个。`,
  'step-lasso': ({ kept, columns, rule }) => `LASSO，lambda ${rule}：${columns} 个中保留 ${kept} 个。`,
  'step-mrmr': ({ kept, columns, association, scheme }) => `mRMR，${association}，${scheme}：${columns} 个中保留 ${kept} 个。`,
  'step-elimination': ({ kept, columns }) => `递归特征消除：${columns} 个中保留 ${kept} 个。`,
  'elimination-of-noise': () => '递归特征消除总会保留特征；在留出的患者中，所试过的特征数都不能确定优于随机猜测。',
  'features-left': ({ candidates, steps }) =>
    `特征：${candidates} 个候选；各步之后剩余 ${steps.map(({ method, kept }) => `${method} ${kept}`).join('、') || '（没有步骤）'}。`,
  'model-note': ({ model, note }, say) => `${model}：${say(note)}`,
  'likelihood-ratio': ({ small, large, added, chiSquare, df, p }) =>
    `似然比检验，${large} 对 ${small}（加入 ${listSome(added)}）：卡方 ${digits(chiSquare)}，自由度 ${df}，P ${formatP(p) || '无定义'}。`,
  'fold-failed': ({ repeat, fold, reason }, say) => `第 ${repeat} 次重复的第 ${fold} 折失败：${say(reason)}`,
  'auc-within-folds': ({ model, meanAuc, folds }) => `嵌套交叉验证，${model}：${folds} 折内的平均 AUC 为 ${digits(meanAuc)}。`,
  'sample-failed': ({ sample, reason }, say) => `自助样本 ${sample} 失败：${say(reason)}`,
  optimism: ({ model, samples, apparent, corrected, outOfBag }) =>
    `${samples} 个自助样本的乐观偏差，${model}：表观 AUC ${digits(apparent)}，校正后 ${digits(corrected)}，袋外 ${digits(outOfBag)}。`,
  'cohort-warning': ({ cohort, warning }, say) => `${cohort}：${say(warning)}`,
  'cohort-auc': ({ cohort, model, estimate }, say) => `${cohort}，${model}：${say(estimate)}`,
  auc: ({ auc, lower, upper, kind }) =>
    Number.isNaN(lower)
      ? `AUC ${digits(auc)}（区间无定义）`
      : `AUC ${digits(auc)}（${digits(lower)} 至 ${digits(upper)}，${kind}）`,
}

function digits(value: number): string {
  // No -0.000.
  return Number.isNaN(value) ? '无定义' : value.toFixed(3).replace(/^-(?=[0.]+$)/, '')
}
