import type { Message, Say } from '../../core/messages/message.ts'
import { countItems, itemKey, type ChecklistName, type ItemState, type ReadItem } from '../../core/report/checklists/items.ts'
import { tell as tellOfList, type ChecklistMessages } from '../../core/report/checklists/messages.ts'
import type { Checklists } from '../../core/report/checklists/readChecklists.ts'
import { clauseTopics, tell, type ClauseTopic, type Question, type ReportPart } from '../../core/report/clauseMessages.ts'
import type { Report } from '../../core/report/writeReport.ts'
import type { PaperTable } from './paperTable.ts'
import type { ReportFigure } from './reportFigures.ts'

/** Null or empty where there is nothing to put in it. */
export interface ReportTables {
  readonly table1: PaperTable | null
  readonly table2: PaperTable | null
  readonly table3: PaperTable | null
  readonly table4: PaperTable | null
  readonly flow: ReportFigure | null
  readonly sampleSize: readonly PaperTable[]
  readonly cards: readonly PaperTable[]
  readonly figures: readonly ReportFigure[]
}

/** A part of the report under a heading of its own, in words; HTML, Word and the page's contents are made of it. */
export interface ReportSection {
  readonly of: ReportPart
  readonly heading: string
  readonly blocks: readonly ReportBlock[]
}

/** A sentence, and the place of the record that it was made from, as `Clause` has it. */
export interface Sentence {
  readonly record: string
  readonly text: string
}

export type ReportBlock =
  /** @property files that hold the records */
  | { readonly kind: 'sentences'; readonly isList: boolean; readonly sentences: readonly Sentence[]; readonly files: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  /** @property caption begins with its number */
  | { readonly kind: 'figure'; readonly caption: string; readonly figure: ReportFigure }
  | { readonly kind: 'list'; readonly items: readonly { readonly text: string; readonly isGrave: boolean }[] }
  /** @property records by row, of the figure in its second cell; null where it is none's */
  | { readonly kind: 'table'; readonly caption: string; readonly table: PaperTable; readonly records: readonly (string | null)[] }
  | { readonly kind: 'questions'; readonly questions: readonly ReportQuestion[] }
  | { readonly kind: 'checklist'; readonly heads: readonly string[]; readonly rows: readonly ChecklistRow[] } // prettier-ignore

export interface ChecklistRow {
  /** See `itemKey`; null of a list that nobody confirms. */
  readonly key: string | null
  readonly cells: readonly string[]
  readonly state: ItemState
}

export interface ReportQuestion {
  readonly of: Question
  readonly text: string
  readonly answer: string | null
}

/** Topics of which each sentence is a fact by itself; the others are read as a text. */
const listed: readonly ClauseTopic[] = ['abstract', 'selection', 'models', 'resampling', 'results', 'looks', 'reproducibility']

/** Those that do not stand in the data's way. */
const apart: readonly ClauseTopic[] = ['abstract', 'looks', 'reproducibility']

/** The whole report in its order; parts without a sentence or a table are left out, what was not done, asked and open stands there always. */
export function layOutReport(
  { clauses, notDone, reviewer, questions, checklists }: Report,
  tables: ReportTables,
  say: Say,
): ReportSection[] {
  const name = (of: ReportPart) => say(tell('heading', { of }))
  const section = (of: ReportPart, blocks: readonly ReportBlock[]): ReportSection[] => blocks.length === 0 ? [] : [{ of, heading: name(of), blocks }] // prettier-ignore
  const told = (topic: ClauseTopic): ReportBlock[] => {
    const own = clauses.filter((clause) => clause.topic === topic)
    if (own.length === 0) return []
    const sentences = own.map(({ record, message }) => ({ record, text: say(message) }))
    const files = [...new Set(own.map(({ record }) => fileOf(record)))]
    return [{ kind: 'sentences', isList: listed.includes(topic), sentences, files }]
  }
  const table = (of: ReportPart, paper: PaperTable | null, records: readonly string[] = []): ReportBlock[] => {
    if (paper === null || paper.rows.length === 0) return []
    let next = 0
    return [{ kind: 'table', caption: name(of), table: paper, records: paper.rows.map(({ kind }) => (kind === 'heading' ? null : (records[next++] ?? null))) }] // prettier-ignore
  }
  let drawn = 0
  const figure = (of: ReportFigure | null): ReportBlock[] => of === null ? [] : [{ kind: 'figure', figure: of, caption: say(tell('figure-number', { number: ++drawn, caption: of.caption })) }] // prettier-ignore
  const plain = (paper: PaperTable | null): ReportBlock[] => paper === null || paper.rows.length === 0 ? [] : [{ kind: 'table', caption: paper.title, table: paper, records: paper.rows.map(() => null) }] // prettier-ignore
  const list = (items: readonly { readonly text: string; readonly isGrave: boolean }[], otherwise: string): ReportBlock[] =>
    items.length === 0 ? [{ kind: 'text', text: otherwise }] : [{ kind: 'list', items }]
  const asked = (of: readonly Question[] | null): ReportBlock[] => {
    const own = questions.filter((question) => (of === null ? question.of !== 'authors' : of.includes(question.of)))
    return own.length === 0 ? [] : [{ kind: 'questions', questions: own.map(({ of, answer }) => ({ of, answer, text: say(tell('question', { of })) })) }] // prettier-ignore
  }
  const judged = clauses.flatMap(({ topic, record }) =>
    topic === 'results' && /^evaluation\/cohorts\/\d+\/models\/\d+\/auc$/.test(record) ? [record] : [],
  )
  const before: Partial<Record<ClauseTopic, readonly ReportBlock[]>> = {
    data: table('table 1', tables.table1),
    results: [...table('table 2', tables.table2, judged), ...table('table 3', tables.table3), ...table('table 4', tables.table4)],
  }
  const ofTopic = (topic: ClauseTopic) => section(topic, [...(before[topic] ?? []), ...told(topic)])
  return [
    ...section('title page', [{ kind: 'text', text: say(tell('how-to-read', {})) }, ...asked(['authors'])]),
    ...section('abstract', [...asked(['objective']), ...told('abstract'), ...asked(['overview'])]),
    ...section('flow', figure(tables.flow)),
    ...clauseTopics.filter((topic) => !apart.includes(topic)).flatMap(ofTopic),
    ...section('sample size', tables.sampleSize.flatMap(plain)),
    ...section('figures', tables.figures.flatMap(figure)),
    ...section('model cards', tables.cards.flatMap(plain)),
    ...ofTopic('looks'),
    ...section('not done', list(notDone.map((what) => ({ text: say(tell('not-done', { what })), isGrave: false })), say(tell('everything-done', {})))), // prettier-ignore
    ...section('reviewer', list(reviewer.map(({ grave, message }) => ({ text: say(message), isGrave: grave })), say(tell('nothing-to-ask', {})))), // prettier-ignore
    ...section('questions', asked(null)),
    ...layOutChecklists(checklists, say).flatMap(({ of, blocks }) => section(of, blocks)),
    ...ofTopic('reproducibility'),
  ]
}

function layOutChecklists({ clear, metrics, score, tripod, rqs }: Checklists, say: Say): Pick<ReportSection, 'of' | 'blocks'>[] {
  const head = (of: ChecklistMessages['item-head']['of']) => say(tellOfList('item-head', { of }))
  const text = (message: Message): ReportBlock => ({ kind: 'text', text: say(message) })
  const nameOf = (list: ChecklistName, id: string) => say(tellOfList('item-name', { list, id }))
  const reported = (list: ChecklistName, items: readonly ReadItem[], summary: Message, withWeight: boolean) => ({
    of: list,
    blocks: [
      text(tellOfList('list-source', { list })),
      text(summary),
      {
        kind: 'checklist' as const,
        heads: [head('number'), head('item'), ...(withWeight ? [head('weight')] : []), head('state'), head('where')],
        rows: items.map(({ id, state, value = null, weight, at }) => ({
          key: itemKey(list, id),
          state,
          cells: [
            ...[id, nameOf(list, id), ...(withWeight ? [weight!.toFixed(4)] : [])],
            ...[say(tellOfList('item-state', { state, value })), at === null ? '' : say(tell('heading', { of: at }))],
          ],
        })),
      },
    ],
  }) // prettier-ignore
  const known = rqs.filter(({ points }) => points !== null)
  const total = known.reduce((sum, { points }) => sum + points!, 0)
  return [
    reported('clear', clear, tellOfList('list-counts', { counts: countItems(clear) }), false),
    reported('metrics', metrics, tellOfList('metrics-score', { score }), true),
    reported('tripod', tripod, tellOfList('list-counts', { counts: countItems(tripod) }), false),
    {
      of: 'rqs',
      blocks: [
        text(tellOfList('list-source', { list: 'rqs' })),
        text(tellOfList('rqs-points', { points: total, known: known.length, items: rqs.length })),
        {
          kind: 'checklist',
          heads: [head('number'), head('item'), head('points'), head('range')],
          rows: rqs.map(({ id, points, least, most }) => ({ key: null, state: points === null ? 'open' : 'filled', cells: [id, nameOf('rqs', id), points === null ? '–' : String(points), `${least} to ${most}`] })), // prettier-ignore
        },
      ],
    },
  ]
}

/** The file of a run that holds a record. */
export function fileOf(record: string): string {
  const [name, within] = record.split('/')
  if (name === 'models') return `models/${within}.json`
  if (name === 'protocol') return 'protocol.yaml'
  return name === 'missing' || name === 'likelihood_ratio' ? `${name}.csv` : `${name}.json`
}
