import { afterEach, expect, test } from 'vitest'
import { formatDateTime } from './formatDateTime.ts'
import { findLanguage, loadLanguage, speakIn } from './language.ts'
import { listSome } from './listSome.ts'
import { say, sayError, sayInFiles } from './say.ts'
import './sayAll.ts'
import { settingsWords } from './words/settingsWords.ts'

afterEach(() => speakIn(null))

const seed = { step: 'numeric', code: 'seed', values: { given: -1 } }
const failed = { step: 'state', code: 'copy-failed', values: { error: seed } }

test('a browser that has chosen no language has the first of its own that the page speaks, else English', () => {
  expect(findLanguage(['zh-CN', 'en-US'])).toBe('zh')
  expect(findLanguage(['de-DE', 'ZH-Hant-TW', 'en'])).toBe('zh')
  expect(findLanguage(['en-GB', 'zh'])).toBe('en')
  expect(findLanguage(['fr', 'constructor'])).toBe('en')
  expect(findLanguage([])).toBe('en')
})

test('English comes with the page, and nothing is loaded for it', async () => {
  expect(await loadLanguage('en')).toBeNull()
})

test('in Chinese messages are said with their values, those among them too; files stay English', async () => {
  speakIn(await loadLanguage('zh'))
  expect(say(failed)).toBe('ROI 未复制：随机种子应为 0 到 9007199254740991 之间的整数；给出的是 -1。')
  expect(sayInFiles(failed)).toBe('The ROI was not copied: A seed is a whole number from 0 to 9007199254740991; -1 was given.')
  speakIn(null)
  expect(say(failed)).toBe(sayInFiles(failed))
})

test('in Chinese a code that this version does not know is told with its values, and an error of the program in its own words', async () => {
  speakIn(await loadLanguage('zh'))
  expect(say({ step: 'tomorrow', code: 'constructor', values: {} })).toBe('tomorrow/constructor {}')
  expect(say({ step: 'numeric', code: 'constructor', values: {} })).toBe('numeric/constructor {}')
  expect(sayError(new TypeError('x is undefined'))).toBe('x is undefined')
})

test('the report, whose sentences are not in Chinese yet, is said in English and not in codes', async () => {
  speakIn(await loadLanguage('zh'))
  const counts = { filled: 1, drafted: 2, open: 3, notApplicable: 0 }
  expect(say({ step: 'checklists', code: 'list-counts', values: { counts } })).toMatch(/^1 filled, 2 drafted/)
})

test('dates, lists and words of screens follow the language', async () => {
  const moment = new Date(2026, 2, 9, 8, 5)
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  expect([formatDateTime(moment), listSome(names)]).toEqual(['2026-03-09 08:05', 'a, b, c, d, e and 2 more'])
  speakIn(await loadLanguage('zh'))
  expect([formatDateTime(moment), listSome(names)]).toEqual(['2026年3月9日 08:05', 'a、b、c、d、e 等 7 项'])
  expect(settingsWords().featureClassWords.firstorder.label).toBe('一阶')
})
