#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { DataError } from '../src/core/messages/message.ts'
import { sayError } from '../src/messages/say.ts'
import '../src/messages/sayAll.ts'
import { findTrouble, TroubleError } from './findTrouble.ts'
import { refuseToReplaceOptions } from './refuseOutput.ts'
import { UsageError } from './usageError.ts'

/** @param report is told at the end whether everything went well */
type AddCommand = (program: Command, signal: AbortSignal, report: (good: boolean) => void) => void

/** In the order of the help. Each is loaded when it is asked for: together they take longer to load than a small case to measure. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  extract: async () => (await import('./extract.ts')).addExtractCommand,
  merge: async () => (await import('./merge.ts')).addMergeCommand,
  inspect: async () => (await import('./inspect.ts')).addInspectCommand,
  agree: async () => (await import('./agree.ts')).addAgreeCommand,
  table1: async () => (await import('./table1.ts')).addTable1Command,
  harmonise: async () => (await import('./harmonise.ts')).addHarmoniseCommand,
  train: async () => (await import('./train.ts')).addTrainCommand,
  predict: async () => (await import('./predict.ts')).addPredictCommand,
  evaluate: async () => (await import('./evaluate.ts')).addEvaluateCommand,
  select: async () => (await import('./select.ts')).addSelectCommand,
  analyse: async () => (await import('./analyse.ts')).addAnalyseCommand,
  protocol: async () => (await import('./protocol.ts')).addProtocolCommand,
  simulate: async () => (await import('./simulate.ts')).addSimulateCommand,
  plan: async () => (await import('./plan.ts')).addPlanCommand,
  study: async () => (await import('./study.ts')).addStudyCommand,
  perturb: async () => (await import('./perturb.ts')).addPerturbCommand,
  ibsi: async () => (await import('./ibsi.ts')).addIbsiCommand,
  features: async () => (await import('./features.ts')).addFeaturesCommand,
}

/** The one for what a later try may not meet is the `EX_TEMPFAIL` of sysexits.h. */
const exitCodes = { good: 0, someFailed: 1, wrongUsage: 2, tryAgain: 75, interrupted: 130 } as const

/** @returns the exit code */
async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController()
  let allGood = true
  let isEndedByScheduler = false
  const report = (good: boolean) => (allGood = good)
  const program = new Command('texel')
    .description('Radiomics studies: features equal to PyRadiomics 3.0.1, and their statistics as in R.')
    .version(packageJson.version)
    .showHelpAfterError('Add --help to see what is expected.')
  // These end in order when they are interrupted; the others are stopped at once, as the system does it.
  const interruptible = new Set(['extract', 'evaluate', 'select', 'analyse'])
  program.hook('preAction', (_, command) => {
    refuseToReplaceOptions(command)
    const { extract, withImages } = command.opts<{ readonly extract?: true; readonly withImages?: true }>()
    if (!interruptible.has(command.name()) && !extract && !withImages) return
    process.once('SIGINT', () => interruption.abort())
    // A scheduler ends a job by it, as at the end of its time, or to let another one go first.
    process.once('SIGTERM', () => {
      isEndedByScheduler = true
      interruption.abort()
    })
  })
  const [named = ''] = argv.slice(2)
  const wanted = Object.hasOwn(commands, named) ? [commands[named]] : Object.values(commands)
  for (const load of wanted) (await load())(program, interruption.signal, report)
  // Sub-commands take this over only if they are told one by one.
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) command.exitOverride() // prettier-ignore
  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.wrongUsage
    if (interruption.signal.aborted) return isEndedByScheduler ? exitCodes.tryAgain : exitCodes.interrupted
    const isTrouble = error instanceof TroubleError || findTrouble(error) !== undefined
    const isBadData = error instanceof DataError
    if (!(error instanceof UsageError) && !isBadData && !isTrouble) throw error
    process.stderr.write(`${sayError(error)}\n`)
    if (isTrouble) return exitCodes.tryAgain
    return isBadData ? exitCodes.someFailed : exitCodes.wrongUsage
  }
  if (interruption.signal.aborted) return isEndedByScheduler ? exitCodes.tryAgain : exitCodes.interrupted
  return allGood ? exitCodes.good : exitCodes.someFailed
}

process.exitCode = await main(process.argv)
