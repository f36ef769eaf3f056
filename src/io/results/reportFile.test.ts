import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultEvaluationOptions } from '../../core/evaluate/evaluateModel.ts'
import { evaluateScores } from '../../core/evaluate/evaluateScores.ts'
import { noAnswers } from '../../core/report/answers.ts'
import { readChecklists } from '../../core/report/checklists/readChecklists.ts'
import { tell as tellClause } from '../../core/report/clauseMessages.ts'
import { tell } from '../../core/report/messages.ts'
import type { Report } from '../../core/report/writeReport.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import { say } from '../../messages/say.ts'
import '../../messages/sayAll.ts'
import { formTable1, formTable3 } from './paperForms.ts'
import { formatReport as format } from './reportFile.ts'
import { fileOf, layOutReport, type ReportTables } from './reportSections.ts'

const ids = Array.from({ length: 8 }, (_, i) => `p${i}`)
const scores = [1, 2, 3, 4, 3, 5, 6, 7]
const outcome = [0, 0, 0, 0, 1, 1, 1, 1]

const none: ReportTables = {
  table1: null,
  table2: null,
  table3: null,
  table4: null,
  flow: null,
  sampleSize: [],
  cards: [],
  figures: [],
}
const report: Report = {
  title: 'A & <b>',
  clauses: [
    { topic: 'features', record: 'selection/candidates', message: tellClause('candidates', { candidates: 7 }) },
    { topic: 'results', record: 'models/"x"<y', message: tell('not-harmonised', { ids: ['<script>alert(1)</script>'] }) },
  ],
  notDone: ['optimism'],
  reviewer: [{ grave: true, message: tell('elimination-of-noise', {}) }],
  questions: [{ of: 'ethics', answer: null }],
  checklists: readChecklists({ learning: null, validations: 0, isCalibrated: false, isCalibratedOutOfFold: false, hasDecisionCurves: false, comparesModels: false, warnings: 1, cohortsBy: null }, noAnswers), // prettier-ignore
}

const formatReport = (of: Report, tables: ReportTables) => format(of.title, layOutReport(of, tables, say))

test('the report is one file that loads and runs nothing, and what stands in it is text', () => {
  const html = formatReport(report, none)
  expect(html).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"")
  expect(html).not.toMatch(/<script|<link|<img|@import|url\(|https?:|javascript:| on\w+=/)
  expect(html).toContain('<h1 tabindex="-1">A &amp; &lt;b></h1>')
  expect(html).toContain('content: "A & \\3c b>";')
  expect(html).toContain('data-record="models/&quot;x&quot;&lt;y"')
  expect(html).toContain('&lt;script>alert(1)&lt;/script>')
})

test('what is short enough is printed whole, with its caption: a table of few rows, a figure of few panels', () => {
  const table = (rows: number) => ({
    title: 'T',
    heads: ['a'],
    rows: Array.from({ length: rows }, () => ({ cells: ['1'] })),
    notes: [],
  })
  const figure = (panels: number) => ({ of: 'roc' as const, caption: 'c', panels: Array.from({ length: panels }, () => '<svg></svg>'), data: { name: 'd', columns: [], rows: [] }, dataTitle: 'd' }) // prettier-ignore
  const html = formatReport(report, { ...none, cards: [table(12), table(13)], figures: [figure(4), figure(5)] })
  expect(html.match(/<(table|figure)( class="together")?>\n<(caption|div class="panels")/g)?.map((tag) => tag.split('\n')[0])).toEqual(['<figure class="together">', '<figure>', '<table class="together">', '<table>']) // prettier-ignore
})

test('it is printed on A4, or on Letter where that is chosen', () => {
  expect(formatReport(report, none)).toContain('size: a4;')
  expect(format(report.title, layOutReport(report, none, say), 'Letter')).toMatch(/@page \{\n {2}size: letter;/)
})

/** The tags of a file with their attributes, those apart that mark numbers and intervals, which a text may hold. */
const tagsOf = (html: string) => {
  const unmarked = html.replaceAll(/<b class="value">([^<]*)<\/b>|<span class="whole">([^<]*)<\/span>/g, '$1$2')
  const tags = [...unmarked.matchAll(/<[^>"]*(?:"[^"]*"[^>"]*)*>/g)]
  return tags.map(([tag]) => tag.replace(/data-record="[^"]*"/, 'data-record'))
}

test('whatever a title, a name, a record or a cell holds, the tags of the file are those that it has for a plain word', () => {
  const reportOf = (words: string) => {
    const table = {
      title: words,
      heads: [words, words],
      rows: [{ cells: [words, { text: words, mark: words }] }],
      notes: [words],
    }
    const data = { name: 'd', columns: [words], rows: [[words]] }
    const figure = { of: 'roc' as const, caption: words, panels: [], data, dataTitle: words }
    return format(words, [
      { of: 'data', heading: words, blocks: [{ kind: 'text', text: words }] },
      {
        of: 'results',
        heading: words,
        blocks: [
          { kind: 'sentences', isList: true, sentences: [{ record: words, text: words }], files: [words] },
          { kind: 'table', caption: words, table, records: [words] },
          { kind: 'list', items: [{ text: words, isGrave: true }] },
          { kind: 'figure', caption: words, figure },
          { kind: 'questions', questions: [{ of: 'ethics', text: words, answer: words }] },
        ],
      },
    ])
  }
  const hostile = fc.oneof(
    fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</style><script>', '<!--', ']]>', '&lt;script>', "' onclick='a", '\f"}a{b', '</td></tr>'),
    fc.array(fc.constantFrom('<', '>', '"', "'", '&', '/', '=', '\\', '\r', '(', ')', '[', ']', 'b', '1', 'script', 'ä'), { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
  ) // prettier-ignore
  const plain = tagsOf(reportOf('word'))
  fc.assert(
    fc.property(hostile, (words) => {
      const html = reportOf(words)
      expect(tagsOf(html)).toEqual(plain)
      expect(html.match(/<style>[^]*?<\/style>/)![0]).not.toMatch(/content: "[^"\\]*[\n\r\f]/)
    }),
    { numRuns: 200, seed: 1 },
  )
})

test('a sentence keeps the place of its record, and its part names the file', () => {
  const html = formatReport(report, none)
  expect(html).toContain(
    '<span data-record="selection/candidates"><b class="value">7</b> features were left to choose from.</span>',
  )
  expect(html).toContain('<p class="from">selection.json</p>')
  expect(['split', 'models/LR/clinical', 'protocol/cohort/freeze', 'missing', 'likelihood_ratio/0'].map(fileOf)).toEqual(['split.json', 'models/LR.json', 'protocol.yaml', 'missing.csv', 'likelihood_ratio.csv']) // prettier-ignore
})

test('values are marked; a name with a digit in it, a hash and a date are none', () => {
  const file = { role: 'features', file: 'lung_2.csv', bytes: 12, sha256: 'a1'.repeat(32) }
  const clauses = [tellClause('run-input', file), tellClause('run-seeds', { seeds: { study: 0.5 } }), tellClause('written-by', { texel: '0.1.0', at: '2026-01-02T03:04:05.006Z' })] // prettier-ignore
  const html = formatReport({ ...report, clauses: clauses.map((message) => ({ topic: 'reproducibility', record: 'run', message })) }, none) // prettier-ignore
  expect([...html.matchAll(/<b class="value">([^<]*)<\/b>/g)].map(([, value]) => value)).toEqual(['12', '0.5'])
})

test('a question is open until a person has answered it; the answer stands there as it was written', () => {
  const answered = formatReport({ ...report, questions: [{ of: 'ethics', answer: 'Board <7>\nwaived' }] }, none)
  expect(formatReport(report, none)).toMatch(/<li class="open"><span data-question="ethics">Which committee/)
  expect(answered).toMatch(/<li><span data-question="ethics">[^<]*<\/span><p>Board &lt;7><br>waived<\/p><\/li>/)
})

test('the abstract waits for its aim and its conclusion between which the numbers stand', () => {
  const clauses = [
    { topic: 'abstract' as const, record: 'selection', message: tellClause('abstract-features', { candidates: 7, kept: 2 }) },
  ]
  const questions = (['objective', 'overview'] as const).map((of) => ({ of, answer: null }))
  const html = formatReport({ ...report, clauses, questions }, none)
  const part = html.slice(
    html.indexOf('<section id="abstract">'),
    html.indexOf('</section>', html.indexOf('<section id="abstract">')),
  )
  expect([...part.matchAll(/data-question="(\w+)"|<b class="value">(\d+)/g)].map(([, asked, value]) => asked ?? value)).toEqual(['objective', '7', '2', 'overview']) // prettier-ignore
})

test('parts without a sentence or a table are left out; what was not done, asked and open stands there always', () => {
  const lists = ['clear', 'metrics', 'tripod', 'rqs']
  const parts = (of: Report) => [...formatReport(of, none).matchAll(/<section id="([^"]+)">/g)].map(([, id]) => id)
  expect(parts(report)).toEqual(['features', 'results', 'not-done', 'reviewer', 'questions', ...lists])
  expect(parts({ ...report, clauses: [] })).toEqual(['not-done', 'reviewer', 'questions', ...lists])
  const nothing = formatReport({ ...report, notDone: [], reviewer: [] }, none)
  expect(nothing).toContain('No warning was raised.')
  expect(nothing).toContain('Nothing of what is looked for here was left out.')
  expect(formatReport(report, none)).toMatch(/<li class="grave">Recursive elimination always keeps/)
})

test('tables are tables: heads, levels below their variable, empty columns left out, "<0.001" escaped', () => {
  const columns = ['variable', 'level', 'training (n=2)', 'p', 'fisher_p', 'test', 'note']
  const rows = [['sex', '', '', '<0.001', '', 'chi-square', ''], ['sex', 'f', '1 (50.0)', '', '', '', '']] // prettier-ignore
  const table1 = formTable1({ name: 'table1', columns, rows }, say)
  expect(table1.heads).toEqual(['Variable', 'training (n=2)', 'P', 'Test'])
  const html = formatReport(report, { ...none, table1 })
  expect(html).toContain('<caption>Table 1. Patients</caption>')
  expect(html).toContain('<tr><th scope="row">sex</th><td></td><td>&lt;0.001</td><td>chi-square</td></tr>')
  expect(html).toContain(
    '<tr class="below"><th scope="row">f</th><td>1 <span class="whole">(50.0)</span></td><td></td><td></td></tr>',
  )
})

test('a note below a table ends with one full stop, whether it is a sentence or not', async () => {
  const evaluation = await evaluateScores(
    {
      models: ['a', 'b'].map((name) => ({ name, kind: 'undeclared', logistic: false })),
      training: [],
      validation: [
        { name: 'all', scores: makeFeatureTable(ids, ['a', 'b'], Float64Array.from([...scores, ...scores])), outcome },
      ],
    },
    { ...defaultEvaluationOptions, resamples: 100, aucResamples: 100 },
  )
  const cohorts = evaluation.cohorts.map((cohort) => ({ ...cohort, comparisons: cohort.comparisons.map((pair) => ({ ...pair, note: tell('elimination-of-noise', {}) })) })) // prettier-ignore
  const { notes } = formTable3({ ...evaluation, cohorts }, say)
  expect(notes).toEqual(['paired DeLong.', expect.stringMatching(/^Recursive elimination .* held out\.$/)])
})

test('every item of a checklist has a name, a state and, where it stands, the name of a part', () => {
  const html = formatReport(report, none)
  expect(html).not.toMatch(/undefined|NaN/)
  expect([...html.matchAll(/data-item="(clear|metrics|tripod)\//g)]).toHaveLength(58 + 28 + 52)
  expect(html).toContain('<tr class="open" data-item="clear/8"><td>8</td><td>ethics</td><td>open</td><td></td></tr>')
  expect(html).toContain('<tr class="filled" data-item="clear/47"><td>47</td><td>performance</td><td>filled</td><td>Performance</td></tr>') // prettier-ignore
  expect(html).toContain('<td>0.0234</td><td>yes</td><td>Performance</td>')
})
