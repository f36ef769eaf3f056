import type { BatchPrevalence, HarmoniseMessages, UnadjustedColumn } from '../../core/harmonise/messages.ts'
import type { Say } from '../../core/messages/message.ts'
import type { Sentences } from '../sentences.ts'

export const harmonise: Sentences<HarmoniseMessages> = {
  'covariate-is-batch': ({ name }) => `协变量 ${name} 与批次混杂：它在每个批次中只有一个值。请去除它，或按其他批次协调。`,
  'covariates-confounded': ({ others, name }) => `协变量相互混杂：批次和 ${others.join('、')} 已能确定 ${name}。请去除其中一些。`,
  'value-infinite': ({ column, id }) => `${id} 的 ${column} 为无穷大；ComBat 接受有限值和缺失值。请先检查各列。`,
  'batch-missing': ({ ids }) => `每名患者都需要批次；${ids.length} 名没有：${ids.slice(0, 5).join('、')}。`,
  'join-needs-reference': ({ mode }) => `新批次可以加入 "reference" 模式的 ComBat；这一个是 "${mode}"。`,
  'training-cannot-join': ({ ids }) => `训练患者不能以新批次加入：${ids.slice(0, 5).join('、')}。`,
  'new-batch-small': ({ least, batches }) =>
    `新批次至少需要 ${least} 名患者才能加入；${batches.map(({ batch, patients }) => `${batch} 有 ${patients} 名`).join('，')}。`,
  'columns-lacking': ({ fitted, columns }) =>
    `ComBat 以 ${fitted} 列拟合；表中缺少其中 ${columns.length} 列：${columns.slice(0, 5).join('、')}。`,
  'reference-unknown': ({ batch, batches }) => `参考批次 ${batch} 不在现有批次中：${batches.join('、')}。`,
  'one-batch': ({ batches }) => `ComBat 至少需要 2 个批次；${batches.length === 0 ? '一个也没有' : `只有 ${batches[0]}`}。`,
  'lone-patients': ({ batches }) =>
    `只有一名患者的批次没有自己的尺度：${batches.slice(0, 5).join('、')}。请与其他批次合并，或去除该患者。`,
  'covariate-not-given': ({ kind, name }) =>
    `ComBat 以${kind === 'numeric' ? '数值' : '分类'}协变量 ${name} 拟合；必须给出每名患者的值。`,
  'covariate-level-unknown': ({ name, id, found, levels }) =>
    `患者 ${id} 的协变量 ${name} 为 ${String(found)}；ComBat 拟合时有 ${levels.join('、')}。`,
  'covariate-is-outcome': ({ name }) => `协变量 ${name} 就是结局：用它协调，特征就会带有标签。请去除它。`,
  'covariate-missing': ({ name, id, value, kind }) =>
    `患者 ${id} 的协变量 ${name} ${value === undefined || value === '' ? '缺失' : `为 ${String(value)}`}；ComBat 要求每名患者有一个${kind === 'numeric' ? '有限的数' : '类别'}。`,
  'not-settled': ({ iterations }) => `ComBat 在 ${iterations} 次迭代内未收敛；请查找有极端值的列。`,
  'few-columns': ({ adjusted, columns, unadjusted }, say) =>
    `ComBat 由许多列共同学习；${columns} 列中可调整 ${adjusted} 列。${listReasons(unadjusted, say)}`,
  'batches-unseen': ({ unseen, known, mode }) =>
    `ComBat 拟合时没有批次 ${unseen.join('、')}；已知的有 ${known.join('、')}。可以${mode === 'reference' ? '用其自己的患者让它加入（joinBatches）' : '用 "reference" 模式拟合后让它加入'}，或要求其患者不作协调。`,
  'no-reference': ({ unadjusted }, say) => `协调后的患者不能作为参考。${listReasons(unadjusted, say)}`,
  'batch-cannot-join': ({ batch, adjusted, columns, unadjusted }, say) =>
    `批次 ${batch} 不能加入：${columns} 列中可调整 ${adjusted} 列。${listReasons(unadjusted, say)}`,
  'lone-patient-mean-only': () => '有一个批次只有一名患者：所有批次只按均值调整，与 sva 相同。',
  'column-few-values': ({ count, needed, batch }) => `在批次 ${batch} 中需要 ${needed} 个值，只有 ${count} 个`,
  'column-constant': ({ batch }) => `在批次 ${batch} 中为常数`,
  'column-confounded': () => '值太少，无法区分协变量与批次',
  'column-explained': () => '去除协变量之后没有剩余方差',
  'batches-small': ({ fewest, batches }) =>
    `患者少于 ${fewest} 名的批次：${batches.map(({ batch, patients }) => `${batch}（${patients}）`).join('、')}。`,
  'batch-is-cohort': ({ prevalences }) =>
    `批次与队列相同：ComBat 会去除队列之间的一切差异，包括疾病的差异。${listPrevalences(prevalences)}`,
  'batch-is-outcome': ({ batches, prevalences }) =>
    `批次与结局混杂：${batches.join('、')} 中只有一种结局。${listPrevalences(prevalences)}`,
}

function listReasons(unadjusted: readonly UnadjustedColumn[], say: Say): string {
  const some = unadjusted.slice(0, 3).map(({ column, reason }) => `${column} ${say(reason)}`)
  return some.length > 0 ? `${some.join('；')}${unadjusted.length > 3 ? ` 等（共 ${unadjusted.length} 列）` : ''}。` : ''
}

function listPrevalences(prevalences: readonly BatchPrevalence[]): string {
  if (prevalences.length === 0) return ''
  return `阳性结局：${prevalences.map(({ batch, positives, patients }) => `${batch} ${patients} 名中 ${positives} 名`).join('，')}。`
}
