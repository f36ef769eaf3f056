import type { OpenDoubt } from '../../core/cohort/clinical/clinicalStudy.ts'
import type { ExclusionReason } from '../../core/study/exclusions.ts'

const doubts: Readonly<Record<OpenDoubt['code'], string>> = {
  'her2-equivocal': 'IHC 2+ 且无原位杂交结果：HER2 未知',
  'her2-ish-against-ihc': 'IHC 为 0 或 1+，而原位杂交为阳性',
  'her2-unclear': 'HER2 的写法无法识别',
  'bare-plus': '只写“+”，没有染色细胞比例',
  'across-cutoff': '范围跨越截断值',
  unclear: '所写内容无法识别',
  'out-of-range': '数值几乎不可能',
  'likely-mm': '大小看起来是 mm，而不是 cm',
  'column-of-fractions': '没有大于 1 的值：这些是小数吗，0.3 表示 30 %？',
  'column-in-mm': '大小看起来是 mm，而不是 cm',
  'order-of-dates': '日和月的顺序两种读法都可能',
  'rows-differ': '同一患者的两行不一致',
  'same-patient': 'ID 很可能相同',
}

const differences: Readonly<Record<NonNullable<OpenDoubt['difference']>, string>> = {
  case: '大小写',
  'leading zeros': '前导零',
  'prefix or suffix': '所有 ID 共有的前缀或后缀',
  'other than digits': '非数字字符',
}

/** What a person is asked of a clinical table. @param name of a variable, where its ID is not enough */
export function askDoubt(
  { code, variable, difference }: Pick<OpenDoubt, 'code' | 'variable' | 'difference'>,
  name = (id: string): string => id,
): string {
  const question = doubts[code]
  return difference === undefined ? `${name(variable)}：${question}` : `${question}，只差${differences[difference]}`
}

const exclusions: Readonly<Record<ExclusionReason, string>> = {
  'mri-late': 'MRI 在术前 30 天以上，或在术后',
  treated: '术前已接受治疗',
  'her2-unknown': 'HER2 未知',
  'not-visible': '肿瘤在 MRI 上不可见',
  'poor-quality': '图像质量差',
  'phases-missing': '期相缺失',
}

/** @param reason of the list, or in a person's own words */
export const nameExclusion = (reason: string): string =>
  Object.hasOwn(exclusions, reason) ? exclusions[reason as ExclusionReason] : reason

const options: Readonly<Record<string, string>> = {
  missing: '未知',
  fractions: '小数：0.3 即 30 %',
  percent: '百分数，按原样',
  yes: '是，同一患者',
  no: '否，不同患者',
}

/** An answer to a doubt. */
export const nameOption = (option: string): string => (Object.hasOwn(options, option) ? options[option] : option)

const variables: Readonly<Record<string, string>> = {
  age: '年龄',
  bmi: 'BMI',
  size_cm: '肿瘤大小',
  tic: '曲线类型',
  side: '侧别',
  er: 'ER',
  pr: 'PR',
  ki67: 'Ki-67',
  aln: '淋巴结',
  surgery_date: '手术日期',
  mri_date: 'MRI 日期',
  her2: 'HER2',
  days_to_surgery: '距手术天数',
}

const units: Readonly<Record<string, string>> = {
  age: '岁',
  bmi: 'kg/m²',
  size_cm: 'cm',
  tic: 'I 至 III',
  er: '百分数或状态',
  pr: '百分数或状态',
  ki67: '百分数',
  her2: 'IHC 评分',
}

/** With its unit, or what else it is written in. */
export const nameWithUnit = (id: string): string =>
  [nameVariable(id), Object.hasOwn(units, id) ? units[id] : ''].filter(Boolean).join('，')

/** A variable of the study; another one of the table has its own name. */
export const nameVariable = (id: string): string => (Object.hasOwn(variables, id) ? variables[id] : id)
