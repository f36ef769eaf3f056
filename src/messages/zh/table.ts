import type { TableMessages } from '../../core/table/messages.ts'
import type { Sentences } from '../sentences.ts'
import { listSome } from './listSome.ts'

export const table: Sentences<TableMessages> = {
  'table-size': ({ rows, columns, given }) => `${rows} 行 ${columns} 列的表有 ${rows * columns} 个值；给出了 ${given} 个。`,
  'unknown-names': ({ what, names }) => `表中没有 ${what} ${listSome(names)}。`,
  'repeated-names': ({ what, names }) => `每个 ${what} 只能出现一次；重复的有：${listSome(names)}。`,
  'fold-count': ({ folds }) => `折数应为 2 到 255 的整数；给出的是 ${folds}。`,
  'folds-of-outcome': ({ folds, withZero, withOne }) =>
    `${folds} 折要求每类至少 ${folds} 名患者；现有 ${withOne} 名阳性和 ${withZero} 名阴性。请减少折数。`,
  'folds-outcome': ({ row, found }) => `分折按 0 或 1 的结局分层；第 ${row} 行为 ${found}。`,
  'fold-lengths': ({ rows, what, given }) => `${rows} 行需要同样多的 ${what}；给出了 ${given} 个。`,
  'impute-empty': ({ columns }) =>
    `没有训练患者有 ${columns.slice(0, 5).join('、')}${columns.length > 5 ? ` 等 ${columns.length} 列` : ''} 的值：无法填补。请去除该列。`,
  'impute-infinite': ({ column, id }) => `${id} 的 ${column} 为无穷大；请更正，或去除该列。`,
  'imputed-lacking': ({ columns }) => `表中缺少曾经填补的列：${columns.slice(0, 5).join('、')}。`,
  'join-nobody': ({ names }) => `没有患者同时在 ${names.join('、')} 中；ID 的写法相同吗？`,
  'standardise-infinite': ({ column, id }) => `${id} 的 ${column} 为无穷大：均值要求有限的值。请更正，或去除该列。`,
  'cohorts-overlap': ({ ids }) => `患者只能属于训练或验证之一；同时在两者中的有：${ids.slice(0, 5).join('、')}。`,
  'outcome-not-binary': ({ id, found }) => `训练患者的结局应为 0 或 1；${id} 的为 ${found}。`,
  'unlabelled-known': ({ ids }) => `没有结局的患者不应已用于评估或学习：${ids.slice(0, 5).join('、')}。`,
  'join-unmatched': ({ lacking }) =>
    `各表的患者不相同：${lacking.map(({ name, lacks }) => `${name} 缺少 ${listSome(lacks)}`).join('；')}。`,
}
