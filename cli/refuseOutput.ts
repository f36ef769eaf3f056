import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { splitSheet } from './splitSheet.ts'
import { UsageError } from './usageError.ts'

/** @throws UsageError where no file could be written */
export function refuseOutput(output: string): void {
  const path = resolve(output)
  if (!existsSync(dirname(path))) throw new UsageError(`There is no folder ${dirname(output)} to write ${output} into.`)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--output ${output} is a folder: give the name of a file.`)
}

/** @throws UsageError where something would be written among files that are there */
export function refuseFilledFolder(output: string): void {
  if (existsSync(output) && readdirSync(output).length > 0)
    throw new UsageError(`--output ${output} is not empty: name a folder that is not there yet.`)
}

/** @throws UsageError where an output would take the place of a file that is read. @param inputs files, with what they are */
export function refuseToReplace(output: string, inputs: readonly (readonly [what: string, path: string])[]): void {
  const path = resolve(output)
  const same = inputs.find(([, input]) => resolve(splitSheet(input).file) === path)
  if (same) throw new UsageError(`--output ${output} would take the place of what is read (${same[0]}): choose another name.`)
}

/** What the other options of a command name. @throws UsageError as `refuseToReplace`, where there is a file to replace */
export function refuseToReplaceOptions(command: Command): void {
  const { output, ...others } = command.opts<Readonly<Record<string, unknown>>>()
  if (typeof output !== 'string' || !existsSync(output)) return
  const texts = (value: unknown) => [value].flat().filter((one) => typeof one === 'string')
  refuseToReplace(output, Object.entries(others).flatMap(([option, value]) => texts(value).map((text) => [option, text] as const))) // prettier-ignore
}
