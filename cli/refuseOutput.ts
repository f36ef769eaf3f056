import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from './usageError.ts'

/**
 * @param inputs files that are read, by what they are
 * @throws UsageError where a file could not be written, or would take the place of one that is read
 */
export function refuseOutput(output: string, inputs: Readonly<Record<string, string>>): void {
  const path = resolve(output)
  if (!existsSync(dirname(path))) throw new UsageError(`There is no folder ${dirname(output)} to write ${output} into.`)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--output ${output} is a folder: give the name of a file.`)
  const same = Object.entries(inputs).find(([, input]) => resolve(input) === path)
  if (same) throw new UsageError(`--output ${output} would take the place of what is read (${same[0]}): choose another name.`)
}

/** Before any command: what its options name to be written is named by no other one. @throws UsageError */
export function refuseToReplace(command: Command): void {
  const options = command.opts<Readonly<Record<string, unknown>>>()
  const named = Object.entries(options).flatMap(([option, value]) =>
    (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string').map((one) => ({ option, path: resolve(one) })),
  )
  const isWritten = (option: string) => option === 'output' || (option === 'model' && options.apply === undefined && command.name() === 'harmonise') // prettier-ignore
  for (const { option, path } of named) {
    if (!isWritten(option)) continue
    const other = named.find((one) => one.option !== option && one.path === path && existsSync(path))
    if (other) throw new UsageError(`--${option} ${String(options[option])} would take the place of what is read (${other.option}): choose another name.`)
  }
}
