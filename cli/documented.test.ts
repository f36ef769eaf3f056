import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { studyReadme } from '../src/messages/en/studyReadme.ts'
import { runProgram } from './runProgram.ts'
import { root } from './testProgram.ts'

/* What is written of the command line for other machines, where most of it cannot be run here: it asks for what there is. */

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const scale = read('docs/scale.md')
const blockOf = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(scale)![1]

/** Calls of the program in a text, by command, with what they ask for. */
function callsIn(text: string) {
  const lines = text.replaceAll(/\s*\\?\n\s+/g, ' ').split('\n')
  const calls = lines.flatMap((line) => [...line.matchAll(/texel(?:\.js)?"? (extract|merge|study|analyse)\b([^`|]*)/g)])
  return calls.map(([, command, rest]) => ({ command, options: [...rest.matchAll(/(?<=\s)--[a-z-]+/g)].map(([name]) => name) }))
}

test('every option that the documents, the README of a study file and the examples give a command is one of its own', async () => {
  const calls = [scale, studyReadme, read('scripts/packCli.mjs')].flatMap(callsIn)
  expect(calls.length).toBeGreaterThan(12)
  const helps = new Map<string, string>()
  for (const command of new Set(calls.map((call) => call.command)))
    helps.set(command, (await runProgram([command, '--help'])).stdout)
  const unknown = calls.flatMap(({ command, options }) =>
    options
      .filter((option) => !new RegExp(`${option}\\b(?!-)`).test(helps.get(command)!))
      .map((option) => `${command} ${option}`),
  )
  expect(unknown).toEqual([])
})

test('the Kubernetes example is a Job of an index a part, and the array a script that bash reads', async () => {
  const document = parseDocument(blockOf('yaml'))
  expect(document.errors).toEqual([])
  const { kind, spec } = document.toJS() as {
    kind: string
    spec: {
      completionMode: string
      completions: number
      template: { spec: { containers: { args: string[]; volumeMounts: { name: string }[] }[]; volumes: { name: string }[] } }
    }
  }
  const [{ args, volumeMounts }] = spec.template.spec.containers
  expect([kind, spec.completionMode]).toEqual(['Job', 'Indexed'])
  expect(args.join(' ')).toContain(`--shard $((JOB_COMPLETION_INDEX + 1))/${spec.completions}`)
  expect(volumeMounts.map(({ name }) => name)).toEqual(spec.template.spec.volumes.map(({ name }) => name))
  await promisify(execFile)('bash', ['-n', join(root, 'workflows/slurm/array.sbatch')])
})
