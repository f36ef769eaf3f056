import type { StudyFileMessages } from '../../io/studyFile/messages.ts'
import type { NameFound } from '../../core/study/leavingStudy.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

const places: Readonly<Record<NameFound['where'], (subject: string) => string>> = {
  note: (label) => `${label} 的备注`,
  flag: (label) => `${label} 的标记`,
  exclusion: (label) => `${label} 的排除理由`,
  lesion: (label) => `${label} 的病灶名称`,
  unlocking: () => 'ROI 解锁的理由',
  centre: (label) => `${label} 的中心`,
  batch: (label) => `${label} 的扫描仪`,
  reader: () => '阅片者的名称',
  parameters: () => '参数的名称',
  answer: () => '报告中的一个回答',
}

/** Where a text stands that may name somebody, and what it says. */
export const sayNameFound = ({ where, subject, text, words }: NameFound): string =>
  `${places[where](subject)}：“${text}”（${words.join('、')}）`

const lossOfRoi = {
  missing: '其掩膜缺失',
  damaged: '其掩膜已损坏',
  contradicts: '其记录与其他记录矛盾',
} as const

export const studyFile: Sentences<StudyFileMessages> = {
  'not-that-file': ({ what, problem }) => `这不是研究文件的 ${what}${what === 'journal' ? '.jsonl' : '.json'}：${problem}`,
  'no-such-option': ({ id, option }) => `这不是研究文件的 decisions.json：${id}：没有选项“${option}”`,
  'no-study-file': () => '这不是研究文件，或文件不完整：无法作为 zip 打开。请换用另一份副本。',
  'newer-study-file': ({ format, program }) => `该研究文件的格式为 ${format}，由 ${program} 写成，比本程序新：请用那个版本打开。`,
  'entry-name': ({ name }) => `文件中有条目“${name}”，其名称指向文件夹之外：研究文件不会如此。未读取任何内容。`,
  'entry-twice': ({ name }) => `文件中有两个名为 ${name} 的条目：研究文件不会如此。未读取任何内容。`,
  'entry-too-large': ({ name, bytes }) => `${name} 将有 ${bytes} 字节：研究文件没有这样的条目。未读取任何内容。`,
  'too-many-entries': ({ most }) => `研究文件最多有 ${most} 个条目，因为其他程序不能计更多：这一个会超过。`,
  'import-alone': () => '该文件由 "texel study --import" 生成：其中有导入的建议，没有研究。请改为添加图像文件夹。',
  'entry-missing': ({ name }) => `研究文件中缺少 ${name}。`,
  'entry-damaged': ({ name }) => `研究文件中的 ${name} 已损坏：其校验和不同。`,
  'counts-differ': ({ what, said, found }) => `研究文件说 ${what} 有 ${said} 个，实际有 ${found} 个：文件不完整。`,
  'records-contradict': ({ code, key }) => `研究的记录相互矛盾：${code}（${key}）。`,
  'roi-lost': ({ name, label, why }) => `${label} 的一个 ROI 丢失：${lossOfRoi[why]}（${name}）。`,
  'image-lost': ({ name }) => `一幅图像丢失：${name} 缺失或已损坏。请改为给出其文件夹。`,
  'rows-lost': ({ name, rows }) => `${rows} 行特征丢失：${name} 已损坏。请重新计算。`,
  'part-lost': ({ name }) => `研究文件的 ${name} 缺失或已损坏；其余部分不需要它。`,
  'analysis-lost': ({ name }) => `研究文件的 ${name} 缺失或已损坏：分析的这一部分将由研究重新计算。`,
  'analysis-of-tables': () => '分析不在文件中：其表格是手动打开的，可能含有医院的 ID。请从分析页面保存其结果。',
  'analysis-of-more': ({ columns, isOld }) =>
    `分析不在文件中，因为它学习时用到了留在本机的值：${[columns > 0 ? `${columns} 列您自己的文字` : '', isOld ? '90 岁以上的年龄' : ''].filter(Boolean).join('，以及')}。在打开该文件的地方，会根据其中的内容重新计算。`,
  'roi-without-grid': ({ label }) =>
    `${label} 的一个 ROI 不在文件中：它由较早版本勾画，其图像的位置未知。请打开该图像一次，然后再保存。`,
  'image-unreadable': ({ label, name, reason }, say) => `${label} 的一幅图像不在文件中（${name}）：${say(reason)}`,
  'roi-unreadable': ({ label, reason }, say) => `${label} 的一个 ROI 不在文件中：${say(reason)}`,
  'not-read-back': ({ name, problems }, say) =>
    `${name} 已写入，但读回时不完整。不能作为可靠的副本：请另存到其他位置。${problems.map(say).join('')}`,
  'names-somebody': ({ found }) =>
    `未写入任何内容，因为有些文字可能含有患者姓名：${listSome(found.map(sayNameFound), '；')}。请修改，或确认其中没有姓名。`,
}
