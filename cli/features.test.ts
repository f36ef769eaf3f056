import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { featureDefinitions } from '../src/core/features/registry.ts'
import { ibsiDefinitions } from '../src/core/features/ibsi/definitions.ts'
import { runProgram } from './runProgram.ts'

test('docs/features.md is what the program computes by: every feature of both profiles once', async () => {
  const { exitCode, stdout } = await runProgram(['features'])
  expect(exitCode).toBe(0)
  // If this fails: npm run --silent texel -- features > docs/features.md
  expect(readFileSync('docs/features.md', 'utf8')).toBe(stdout)
  const rows = stdout.split('\n').filter((line) => line.startsWith('| `'))
  const definitions = Object.values(featureDefinitions).flat()
  for (const { featureClass, name } of definitions) {
    const own = rows.filter((line) => line.startsWith(`| \`${featureClass}_${name}\``))
    expect(own, name).toHaveLength(1)
    expect(
      own[0].split(' | ').every((cell) => cell.trim() !== ''),
      own[0],
    ).toBe(true)
  }
  for (const [family, { features }] of Object.entries(ibsiDefinitions))
    for (const { tag, identifier } of features)
      expect(stdout, tag).toMatch(new RegExp(`\`${family}_${tag}\`( \\|)? ${identifier}`))
  expect(stdout).not.toMatch(/undefined|\{energyShift\}/)
})
