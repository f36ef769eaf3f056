import { expect, test } from 'vitest'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { readStudy } from './readStudy.ts'
import { formatStudyTables } from './studyTablesText.ts'
import { parseCsv, tableOfRows } from './tableFile.ts'

const parseTable = (text: string, path: string) => tableOfRows(parseCsv(text, path), path)

const protocol = protocolSchema.parse({ harmonise: { batch: ['scanner'] }, readers: { first: 'ann', second: 'bob' }, missing: 'drop feature', models: [{ method: 'logistic', clinical: ['age'] }] }) // prettier-ignore
const features = 'id,reader,f,g\nP1,ann,0.1,\nP1,bob,0.30000000000000004,2\nP2,ann,1e-7,3\nP3,ann,5,-4\n'
const clinical = 'id,outcome,cohort,scanner,age\nP1,1,training,A,50\nP2,0,training,"B, new",61\nP3,1,validation,A,70\n'

test('of the two tables the same study is read, to the last digit, with its second reader', () => {
  const table = parseTable(clinical, 'c.csv')
  const { study } = readStudy(parseTable(features, 'f.csv'), table, protocol)
  const texts = formatStudyTables(study, table, protocol)
  expect(texts.features).toBe('id,reader,f,g\nP1,ann,0.1,\nP2,ann,1e-7,3\nP3,ann,5,-4\nP1,bob,0.30000000000000004,2\n')
  expect(readStudy(parseTable(texts.features, 'f.csv'), parseTable(texts.clinical, 'c.csv'), protocol).study).toEqual(study)
})
