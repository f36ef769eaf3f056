import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as distributions from './distributions.ts'

type Name = keyof typeof distributions
const reference = JSON.parse(readFileSync('reference/r/distributions.json', 'utf8')) as {
  rows: { name: Name; arguments: (number | boolean)[]; value: number }[]
}

test.each(Object.keys(distributions) as Name[])('%s equals R', (name) => {
  const rows = reference.rows.filter((row) => row.name === name)
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    const ours = (distributions[name] as (...args: unknown[]) => number)(...row.arguments)
    expect(Math.abs(ours - row.value), `${name}(${row.arguments.join(', ')}) = ${ours}, R ${row.value}`).toBeLessThanOrEqual(
      1e-10 * Math.abs(row.value),
    )
  }
})
