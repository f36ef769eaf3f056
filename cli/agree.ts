import { Option, type Command } from 'commander'
import { defaultAgreementOptions, filterByAgreementOfAll, type AgreementOptions } from '../src/core/select/agreementFilter.ts'
import { iccForms, iccNames, type IccForm } from '../src/core/select/iccForms.ts'
import { pickRows } from '../src/core/table/featureTable.ts'
import { poolUnlabelled } from '../src/core/table/trainingTable.ts'
import { formatTable, readFeatureTable } from '../src/io/tables/tableFile.ts'
import { idOption, readIdFile, readTableFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { UsageError } from './usageError.ts'
import { say } from '../src/messages/say.ts'
import { iccMeanings } from '../src/messages/en/iccMeanings.ts'

interface AgreeOptions extends TableChoice {
  readonly first: string
  readonly second: string[]
  readonly output: string
  readonly type: IccForm
  readonly threshold: number
  readonly on: AgreementOptions['on']
  readonly train?: string
}

const columns = ['feature', 'icc', 'lower', 'upper', 'f', 'df1', 'df2', 'p', 'kept', 'patients', 'reason']

export function addAgreeCommand(program: Command): void {
  program
    .command('agree')
    .description('Intraclass correlation of every feature between readers, as psych::ICC.')
    .requiredOption('--first <A.csv>', "the first reader's features; first column id")
    .requiredOption('--second <B.csv...>', 'those of the second reader (and of further ones); other patients are left aside')
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <icc.csv>', `a row each feature: ${columns.join(', ')}`)
    .addOption(new Option('--type <form>', 'form of the ICC').choices(iccForms).default(defaultAgreementOptions.form))
    .option('--threshold <number>', 'a feature is kept above it', readThreshold, defaultAgreementOptions.threshold)
    .addOption(new Option('--on <value>', 'what must lie above it').choices(['estimate', 'lower bound']).default('estimate'))
    .option('--train <ids>', 'file with one ID a line: only these patients count')
    .addHelpText(
      'after',
      `\n${iccForms.map((form) => `${form}: ${iccNames[form].shroutFleiss} = ${iccNames[form].mcGrawWong}, ${iccMeanings[form]}`).join('\n')}`,
    ) // prettier-ignore
    .action(compareReaders)
}

function readThreshold(text: string): number {
  const threshold = Number(text)
  if (text.trim() === '' || !(threshold >= -1 && threshold <= 1))
    throw new UsageError(`--threshold is a number from -1 to 1; "${text}" was given.`)
  return threshold
}

async function compareReaders(options: AgreeOptions): Promise<void> {
  const { first, second, output, type, threshold, on, train } = options
  const table = readFeatureTable(await readTableFile(first, options))
  const counted = train === undefined ? table : pickRows(table, await readIdFile(train, options))
  const others = []
  for (const path of second) others.push(readFeatureTable(await readTableFile(path, options)))
  const result = filterByAgreementOfAll(poolUnlabelled(counted), others, { form: type, threshold, on })
  for (const warning of result.warnings) process.stderr.write(`${say(warning)}\n`)
  const rows = result.columns.map(({ column, icc, lower, upper, f, df1, df2, p, kept, patients, reason }) => [column, icc, lower, upper, f, df1, df2, p, kept ? 1 : 0, patients, reason ? say(reason) : '']) // prettier-ignore
  await writeResult(output, formatTable(columns, rows))
  const undefinedOnes = result.undefinedColumns > 0 ? `; ${result.undefinedColumns} have no ICC` : ''
  process.stdout.write(
    `${result.kept.length} of ${result.columns.length} features kept: ${type} (${iccNames[type].shroutFleiss}) ${on} above ${threshold} in ${result.learntFrom.length} ${train === undefined ? 're-read patients, all of them, labels unseen' : 'patients of --train'}${undefinedOnes}.\n`,
  )
}
