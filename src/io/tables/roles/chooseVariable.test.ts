import { expect, test } from 'vitest'
import { chooseVariable, columnUse } from './chooseVariable.ts'
import { guessVariables } from './guessVariables.ts'

const columns = ['id', 'her2_ihc', 'her2_fish', 'er', 'menarche', 'case number']
const guessed = guessVariables(columns)
const uses = (choice: Parameters<typeof columnUse>[0]) => columns.map((column) => columnUse(choice, column))

test('what was guessed is the use of each column', () => {
  expect(uses(guessed)).toEqual(['ids', 'variable her2', 'ish', 'variable er', 'none', 'none'])
})

test('a column takes a use from the one that had it, and gives its own up', () => {
  expect(uses(chooseVariable(guessed, 'case number', 'ids'))).toEqual([
    'none',
    'variable her2',
    'ish',
    'variable er',
    'none',
    'ids',
  ])
  expect(uses(chooseVariable(guessed, 'er', 'ids'))).toEqual(['none', 'variable her2', 'ish', 'ids', 'none', 'none'])
  const other = chooseVariable(guessed, 'menarche', 'variable er')
  expect(uses(other)).toEqual(['ids', 'variable her2', 'ish', 'none', 'variable er', 'none'])
  expect(other.variables.find(({ id }) => id === 'er')).toEqual({ id: 'er', kind: 'receptor', column: 'menarche' })
  expect(uses(chooseVariable(guessed, 'menarche', 'number'))).toEqual(['ids', 'variable her2', 'ish', 'variable er', 'number', 'none']) // prettier-ignore
})

test('the hybridisation stays with HER2 where that is another column, and goes alone', () => {
  const moved = chooseVariable(guessed, 'menarche', 'variable her2')
  expect(moved.variables.find(({ id }) => id === 'her2')).toEqual({ id: 'her2', kind: 'her2', column: 'menarche', ishColumn: 'her2_fish' }) // prettier-ignore
  const gone = chooseVariable(guessed, 'her2_fish', 'none')
  expect(gone.variables.find(({ id }) => id === 'her2')).toEqual({ id: 'her2', kind: 'her2', column: 'her2_ihc' })
  expect(chooseVariable(gone, 'her2_fish', 'ish').variables.find(({ id }) => id === 'her2')?.ishColumn).toBe('her2_fish')
})
