import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { addAgreeCommand } from './agree.ts'
import { addAnalyseCommand } from './analyse.ts'
import { addEvaluateCommand } from './evaluate.ts'
import { addExtractCommand } from './extract.ts'
import { addHarmoniseCommand } from './harmonise.ts'
import { addInspectCommand } from './inspect.ts'
import { addPlanCommand } from './plan.ts'
import { addPredictCommand } from './predict.ts'
import { addProtocolCommand } from './protocol.ts'
import { addSelectCommand } from './select.ts'
import { addTable1Command } from './table1.ts'
import { addTrainCommand } from './train.ts'
import { ModelFileError } from '../src/io/modelFile.ts'
import { TableFileError } from '../src/io/tableFile.ts'
import { UsageError } from './usageError.ts'

const exitCodes = { good: 0, someFailed: 1, wrongUsage: 2, interrupted: 130 } as const

/** @returns the exit code */
async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController()
  let allGood = true
  const report = (good: boolean) => (allGood = good)
  const program = new Command('texel')
    .description('Radiomics studies: features equal to PyRadiomics 3.0.1, and their statistics as in R.')
    .version(packageJson.version)
    .showHelpAfterError('Add --help to see what is expected.')
  // These end in order when they are interrupted; the others are stopped at once, as the system does it.
  const interruptible = new Set(['extract', 'evaluate', 'select', 'analyse'])
  program.hook('preAction', (_, command) => {
    if (interruptible.has(command.name())) process.once('SIGINT', () => interruption.abort())
  })
  addExtractCommand(program, interruption.signal, report)
  addInspectCommand(program, report)
  addAgreeCommand(program)
  addTable1Command(program)
  addHarmoniseCommand(program)
  addTrainCommand(program)
  addPredictCommand(program)
  addEvaluateCommand(program, interruption.signal, report)
  addSelectCommand(program, interruption.signal)
  addAnalyseCommand(program, interruption.signal, report)
  addProtocolCommand(program)
  addPlanCommand(program)
  // Sub-commands take this over only if they are told one by one.
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) command.exitOverride() // prettier-ignore
  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.wrongUsage
    if (interruption.signal.aborted) return exitCodes.interrupted
    // Errors of workers keep their name, not their class.
    const isBadData =
      error instanceof TableFileError ||
      error instanceof ModelFileError ||
      (error instanceof Error && error.name === 'RangeError')
    if (!(error instanceof UsageError) && !isBadData) throw error
    process.stderr.write(`${error.message}\n`)
    return isBadData ? exitCodes.someFailed : exitCodes.wrongUsage
  }
  if (interruption.signal.aborted) return exitCodes.interrupted
  return allGood ? exitCodes.good : exitCodes.someFailed
}

process.exitCode = await main(process.argv)
