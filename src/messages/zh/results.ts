import type { CutoffRule } from '../../core/evaluate/cutoffs.ts'
import type { ScoresFrom } from '../../core/evaluate/scoresFrom.ts'
import type { FlowLine, ResultsMessages } from '../../io/results/messages.ts'
import type { Sentences } from '../sentences.ts'
import { listSome } from './listSome.ts'

const sources: Readonly<Record<ScoresFrom, string>> = {
  apparent: '回代',
  'out-of-bag': '特征选择之后袋外',
  'out-of-fold': '折外',
  new: '新患者',
}

const otherWays: Readonly<Record<ResultsMessages['worth-more']['than'], string>> = {
  aboveAllAndNone: '全部治疗和都不治疗',
  aboveOthers: '其他所有模型',
  aboveAllOfThem: '其他所有模型、全部治疗和都不治疗',
}

const importances = { permutation: '置换后袋外准确率的下降', gini: 'Gini 不纯度的平均下降' }

const flowLines: Readonly<Record<FlowLine, (count: number, positives: number) => string>> = {
  found: (count) => `找到 ${count} 名患者`,
  rows: (count) => `${count} 行`,
  measured: (count) => `${count} 名患者已测量`,
  'without ID': (count) => `去除 ${count} 行：\n没有 ID`,
  included: (count) => `纳入 ${count} 名患者`,
  'left out': (count) => `去除 ${count} 名患者：`,
  'with outcome': (count) => `${count} 名患者有结局`,
  'without outcome': (count) => `${count} 名患者\n只用于协调：没有结局`,
  cohort: (count, positives) => `${count} 名患者，${positives} 名阳性`,
  incomplete: (count) => `去除 ${count} 名：有值缺失`,
  learns: () => '用于学习',
  judged: () => '用于评估',
}

export const results: Sentences<ResultsMessages> = {
  'scores-from': ({ scoresFrom }) => (scoresFrom === null ? '按给出的' : sources[scoresFrom]),
  'cutoff-rule': ({ rule }) => nameRule(rule),
  'chosen-cutoff': ({ source, rule }) => `${source}，${nameRule(rule)}`,
  'worth-more': ({ than }) => otherWays[than],
  'at-no-threshold': () => '在任何阈值处都没有',
  'flow-line': ({ of, count, positives }) => flowLines[of](count, positives),
  'importance-measure': ({ measure }) => importances[measure],
  'table1-leaves-out': ({ columns }) => `表 1 未列入以下各列，因为它们是自由文本或能区分患者：${listSome(columns)}。`,
  'table1-impossible': ({ reason }, say) => `没有表 1：${say(reason)}`,
  'auc-variance-undefined': () => 'DeLong 方差为 0 或无定义',
  'difference-undefined': () => '差值的标准误为 0 或无定义。',
  'interval-kinds': ({ auc, accuracy, others, exact }) =>
    `AUC：${auc}；${accuracy === null ? '' : `ACC：${accuracy}；`}其他：${others}${exact.length === 0 ? '' : `，但没有变化的 ${exact.join('、')} 用 Clopper-Pearson`}`,
  'rows-share-patients': () => '患者有多行：其在所选截断值处的自助区间见 cutoffs.csv。',
  'shrunken-terms': () => '受惩罚收缩：没有标准误。',
  sentences: ({ parts }, say) => parts.map(say).join(''),
  clauses: ({ parts }, say) => parts.map(say).join('；'),
}

function nameRule(rule: CutoffRule): string {
  switch (rule.kind) {
    case 'youden':
      return 'Youden'
    case 'cost':
      return `代价 ${rule.costOfMiss}，患病率 ${rule.prevalence}`
    default:
      return `${rule.kind} >= ${rule.atLeast}`
  }
}
