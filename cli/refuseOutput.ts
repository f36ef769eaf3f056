import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from './usageError.ts'

/**
 * @param inputs files that are read, by what they are
 * @throws UsageError where a file could not be written, or would take the place of one that is read
 */
export function refuseOutput(output: string, inputs: Readonly<Record<string, string>> = {}): void {
  const path = resolve(output)
  if (!existsSync(dirname(path))) throw new UsageError(`There is no folder ${dirname(output)} to write ${output} into.`)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--output ${output} is a folder: give the name of a file.`)
  const same = Object.entries(inputs).find(([, input]) => resolve(input) === path)
  if (same) throw new UsageError(replaced('output', output, same[0]))
}

/** What an option of a command names to be written, no other option of it may name. @throws UsageError */
export function refuseToReplace(command: Command): void {
  const options = command.opts<Readonly<Record<string, unknown>>>()
  const files = Object.entries(options).flatMap(([option, value]) =>
    [value].flat().flatMap((name) => (typeof name === 'string' ? [{ option, name, path: resolve(name) }] : [])),
  )
  for (const { option, name, path } of files.filter(({ option }) => option === 'output')) {
    const other = files.find((file) => file.option !== option && file.path === path)
    if (other && existsSync(path)) throw new UsageError(replaced(option, name, other.option))
  }
}

const replaced = (option: string, name: string, what: string) =>
  `--${option} ${name} would take the place of what is read (${what}): choose another name.`
