import type { EvaluateMessages } from '../../core/evaluate/messages.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

const noProbabilities: Readonly<Record<EvaluateMessages['no-probabilities']['kind'], string>> = {
  decision: '这些评分是决策值，不是概率。请使用模型的概率（Platt），或在训练患者上重新校准评分。',
  weighted: '该模型以类别权重或重抽样训练，概率因此偏移。请在训练患者上重新校准。',
  undeclared: '没有声明这些评分是概率。请声明，或在训练患者上重新校准。',
}

const outcomeNames: Readonly<Record<EvaluateMessages['few-patients']['outcome'], string>> = {
  positive: '阳性',
  negative: '阴性',
}

export const evaluate: Sentences<EvaluateMessages> = {
  'step-judging': ({ part, model, cohort }) =>
    part === 'decisions' ? `正在计算 ${cohort} 中 ${model} 的决策曲线` : `正在评估 ${cohort} 中的 ${model}`,
  'step-optimism': () => '自助法乐观偏差',
  'cutoff-missing': () => '没有用于分类的截断值（给出的是 NaN）：请先选择。',
  prevalence: ({ given }) => `患病率应在 0 与 1 之间；给出的是 ${given}。`,
  'no-training-scores': ({ column, columns }) => `训练表中没有名为 ${column} 的评分；有 ${columns.join('、')}。`,
  'cost-of-miss': ({ given }) => `漏诊代价应为大于 0 的数；给出的是 ${given}。`,
  'fixed-rate': ({ name, given }) => `固定的 ${name} 应大于 0 且不超过 1；给出的是 ${given}。`,
  'thresholds-spread': ({ least, from, to, step }) =>
    `阈值应在 0 与 1 之间，从低到高，步长不小于 ${least}；给出的是 ${from} 到 ${to}，步长 ${step}。`,
  'thresholds-ascend': () => '决策曲线的阈值应依次递增，每个都大于 0 且小于 1。',
  'cluster-lengths': ({ patients, rows }) => `每行对应一名患者；给出了 ${rows} 行和 ${patients} 名患者。`,
  'nothing-to-evaluate': () => '没有可评估的内容：没有给出模型或队列。',
  'recalibrate-without-training': ({ model }) => `重新校准 ${model} 需要训练患者；没有给出。`,
  'out-of-bag-one-class': ({ cohort, scored, patients, models }) =>
    `队列 ${cohort}：${patients} 名患者中有 ${scored} 名有 ${models.join('和')} 的袋外评分，且不是两类都有。请增加树的数目。`,
  'no-scores-of-model': ({ cohort, model, columns }) => `队列 ${cohort} 没有模型 ${model} 的评分；有 ${columns.join('、')}。`,
  'cohort-lengths': ({ cohort, patients, outcomes }) => `队列 ${cohort} 有 ${patients} 名患者和 ${outcomes} 个结局。`,
  'scores-unusable-of-model': ({ cohort, patients, model, ids }) =>
    `队列 ${cohort}：模型 ${model} 的 ${patients} 个评分中有 ${ids.length} 个缺失或为无穷大（${ids.slice(0, 5).join('、')}）。请在所有模型中去除这些患者，或给出评分。`,
  'names-repeated': ({ what, names }) => `每个 ${what} 都需要自己的名称；重复的有：${names.join('、')}。`,
  'confidence-level': ({ given }) => `置信水平应在 0 与 1 之间（通常为 0.95）；给出的是 ${given}。`,
  'probability-outside': ({ patient, found }) =>
    `声明为概率的评分应在 0 与 1 之间；患者 ${patient} 的为 ${found}。请声明为评分，或重新校准。`,
  'recalibrate-constant': ({ column }) => `${column} 的评分是常数：没有可重新校准的内容。`,
  'recalibrate-separated': ({ column }) =>
    `${column} 的评分将训练的两类完全分开，因此没有合适的 logistic 曲线。请在折外评分上重新校准。`,
  'recalibrate-probability': ({ given }) => `要重新校准的概率应在 0 与 1 之间（不含两端）；给出的是 ${given}。`,
  'score-lengths': ({ scores, outcome }) => `每名患者有一个评分和一个结局；给出了 ${scores} 个评分和 ${outcome} 个结局。`,
  'outcome-not-binary': ({ patient, patients, found }) => `结局应为 0 或 1；${patients} 名患者中的第 ${patient} 名为 ${found}。`,
  'roc-one-class': ({ positives, negatives }) => `ROC 曲线需要两类患者；有 ${positives} 名阳性和 ${negatives} 名阴性患者。`,
  resamples: ({ given }) => `重抽样次数应为从 1 起的整数；给出的是 ${given}。`,
  'scores-unusable': ({ missing, infinite, patients, first }) =>
    `评分应为有限的数；${patients} 个中有 ${missing} 个缺失、${infinite} 个无穷大（第一个是患者 ${first} 的）。请去除这些患者，或给出评分。`,
  'no-probabilities': ({ kind }) => noProbabilities[kind],
  'no-useful-cutoff': () => '没有有用的截断值：把所有患者判为同一类，与该评分的任何阈值同样好。',
  'calibrated-by-construction': () => '由构造决定：logistic 曲线在其拟合所用的患者上整体校准良好，斜率为 1。',
  'comparison-favours-fit': () =>
    '这是模型学习所用患者的评分，与论文中的比较相同：拟合更紧的模型占优。折外评分才给出公平的比较。',
  'one-class': ({ cohort, positives, negatives }) =>
    `队列 ${cohort} 有 ${positives} 名阳性和 ${negatives} 名阴性患者：两类都需要。`,
  'rows-of-patients': ({ rows, patients }) =>
    `${patients} 名患者共 ${rows} 行：AUC 的区间和 P 值将同一患者的各行合并考虑（Obuchowski 1997），自助法按患者抽取。Newcombe 区间、精确区间、校准检验和 Hosmer-Lemeshow 检验将各行视为独立：请勿采用。`,
  'not-pooled': ({ model, ids }) =>
    `${model}：有 ${ids.length} 名患者所在的留出折未保留任何特征。在那里它对所有人给出该折的患病率，无法区分任何人：这些患者不计入合并的折外结果；在折内按 AUC 0.5 计。`,
  'drawn-by-every-tree': ({ model, ids }) =>
    `${model} 对 ${ids.length} 名患者没有袋外评分，因为每棵树都抽到了他们：${listSome(ids)}。其结果来自其他患者。`,
  'few-patients': ({ outcome, count }) =>
    `只有 ${count} 名${outcomeNames[outcome]}患者：DeLong 区间和自助区间过窄；请看 Newcombe 区间和精确区间。`,
  'learnt-from': ({ ids, patients }) =>
    `${patients} 名患者中有 ${ids.length} 名曾用于学习（${listSome(ids)}）：包括他们就不是验证。`,
}
