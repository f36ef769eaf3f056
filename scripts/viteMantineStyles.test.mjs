import { expect, test } from 'vitest'
import { findMissingStyles } from './viteMantineStyles.ts'

const mantine = new Map([
  ['Button.css', '.m_77c9d27d{color:red}.m_80f1301b{color:blue}'],
  ['Tabs.css', '.m_89d60db1{color:red}'],
])

test('the styles of a component in use are missed until the page loads them, those of others never', () => {
  const scripts = ['var a={root:"m_77c9d27d"}', 'var b={list:"m_89d60db1"},c="m_00000000"']
  expect(findMissingStyles(scripts, ['.m_77c9d27d{color:red}'], mantine)).toEqual(['Tabs.css'])
  expect(findMissingStyles(scripts, ['.m_77c9d27d{color:red}', '.m_89d60db1{color:red}'], mantine)).toEqual([])
  expect(findMissingStyles([], [], mantine)).toEqual([])
})
