import type { Place, RolesMessages } from '../../io/tables/roles/messages.ts'
import type { Sentences } from '../sentences.ts'

const list = (places: readonly Place[], count: number) =>
  `${places.map(({ row, text, file }) => `${file === undefined ? '' : `${file} `}${row}${text === '' ? '' : `（“${text}”）`}`).join('、')}${count > places.length ? ' …' : ''}`
const more = (count: number, shown: readonly unknown[]) => (count > shown.length ? ' …' : '')

export const roles: Sentences<RolesMessages> = {
  'no-outcome': () => '请指明哪一列是结局。',
  'no-scores': () => '请指明哪些列是评分：至少一列。',
  'two-of': ({ role, columns }) => `只能有一列作为 ${role}；选择了 ${columns.join('和')}。`,
  'outcome-values': ({ column, values }) =>
    values.length < 2
      ? `结局 ${column} ${values.length === 0 ? '没有值' : `只有一个值“${values[0]}”`}：两类都需要。`
      : `结局 ${column} 有 ${values.length} 个值（${values.slice(0, 4).join('、')}${values.length > 4 ? ' …' : ''}）；需要两个。`,
  'which-positive': ({ column, values }) => `${column} 的哪个值为阳性：“${values[0]}”还是“${values[1]}”？`,
  'outcome-missing': ({ column, places, count }) => `${count} 行没有 ${column}：第 ${list(places, count)} 行。请在文件中去除。`,
  'outcome-third': ({ column, text, place }) => `第 ${place.row} 行的 ${column} 为“${text}”，不属于任何一类。`,
  'no-number': ({ column, places, count }) => `${column} 不是评分：${count} 行不是数，第 ${list(places, count)} 行。`,
  'decimal-comma': ({ column, places, count }) =>
    `${column} 使用逗号作小数点，第 ${list(places, count)} 行。请以小数点保存表格。`,
  'score-missing': ({ column, places, count }) =>
    `${column} 在第 ${list(places, count)} 行缺失。所有模型要在相同的患者上评估：请在文件中去除这些行。`,
  'no-probability': ({ column, places, count }) =>
    `${column} 有 ${count} 个值在 0 到 1 之外，第 ${list(places, count)} 行：不是概率。`,
  'no-id': () => '没有含 ID 的列。',
  'empty-id': ({ places, count }) => `${count} 行没有 ID：第 ${list(places, count)} 行。`,
  'repeated-id': ({ ids, count }) =>
    `${count} 个 ID 出现在一行以上：${ids.join('、')}${count > ids.length ? ' …' : '。'}如果一名患者有多行，请选择患者列，并让各行自动编号。`,
  'no-cohort': ({ column, places, count }) => `${count} 行没有 ${column}：第 ${list(places, count)} 行。`,
  'no-patient': ({ column, places, count }) => `${count} 行没有 ${column}：第 ${list(places, count)} 行。`,
  'which-learnt': ({ cohorts }) =>
    `模型从哪个队列学习：${cohorts.slice(0, 6).join('、')}，还是都不是？截断值在那里选择，并用于其他队列。`,
  'no-features': () => '请指明哪些列是特征：至少一列。',
  'feature-cells': ({ kind, columns, columnCount, places, count }) => {
    const where = places.map(({ row, text, file, column }) => `${file === undefined ? '' : `${file} `}第 ${row} 行，${column}（“${text}”）`) // prettier-ignore
    const names = `${columns.join('、')}${columnCount > columns.length ? ' …' : ''}`
    return kind === 'comma'
      ? `${columnCount} 个特征（${names}）使用逗号作小数点：${where.join('；')}。请以小数点保存表格。`
      : `${columnCount} 列不是特征（${names}）：${count} 个单元格不是数，${where.join('；')}。`
  },
  'which-cohorts': () => '没有列说明谁用于学习、谁用于评估。应如何处理？',
  'second-missing': () => '请选择另一中心的文件。',
  'second-lacks': ({ path, columns, count }) =>
    `${path} 缺少第一个文件中的 ${count} 列：${columns.join('、')}${more(count, columns)}。`,
  'which-trains': ({ cohorts }) => `模型从哪个队列学习：${cohorts.slice(0, 6).join('、')}？其他队列以在那里学到的内容评估。`,
  'rows-disagree': ({ column, ids, count }) =>
    `${column} 在 ${count} 名患者的各行之间不同：${ids.join('、')}${more(count, ids)}。`,
  'clinical-without-id': ({ path }) => `请指明 ${path} 的哪一列是 ID：它以 ID 与特征合并。`,
  'shared-patient': ({ patients, count }) =>
    `${count} 名患者的行出现在一个以上的队列中：${patients.join('、')}${more(count, patients)}。用于学习的患者不能用于验证。`,
}
