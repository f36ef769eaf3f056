import type { Command } from 'commander'
import { findTrainingCopies } from '../src/core/analysis/findCopies.ts'
import { selectFeatures } from '../src/core/analysis/selectFeatures.ts'
import { incompleteRows } from '../src/core/analysis/missingValues.ts'
import { learnScreening, screenedTraining } from '../src/core/analysis/screenStudy.ts'
import { spreadJobs } from '../src/core/analysis/statisticsJob.ts'
import { listSome } from '../src/messages/listSome.ts'
import { takeTraining } from '../src/core/table/trainingTable.ts'
import { describeTrainingCopies, describeScreening, describeSteps } from '../src/core/report/describeAnalysis.ts'
import { formatJson } from '../src/io/records/formatJson.ts'
import { readMeasurements } from '../src/io/tables/readMeasurements.ts'
import { protocolColumns } from '../src/io/tables/readStudy.ts'
import { clinicalColumns, refuseRoleColumns } from '../src/io/tables/refuseRoleColumns.ts'
import { readOutcome } from '../src/io/tables/tableFile.ts'
import { limitProcessors } from '../workers/limits.node.ts'
import { createNodeStatisticsBridge } from '../workers/statisticsBridge.node.ts'
import { readProtocol } from './analyse.ts'
import { parseCount } from './parseCount.ts'
import { createProgressBar } from './progressBar.ts'
import { readPatients } from './readPatients.ts'
import { refuseUnlabelled } from './refuseUnlabelled.ts'
import { idOption, readIdFile, readTableFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'
import { say } from '../src/messages/say.ts'
import { refuse } from '../src/io/tables/messages.ts'

interface SelectOptions extends TableChoice {
  readonly protocol?: string
  readonly features: string
  readonly outcome: string
  readonly outcomes?: string
  readonly positive?: string
  readonly patient?: string
  readonly train: string
  readonly output: string
  readonly workers: number
}

export function addSelectCommand(program: Command, signal: AbortSignal): void {
  program
    .command('select')
    .description('Select features on the training patients, step by step as the protocol says.')
    .option('--protocol <file.yaml>', 'its steps are taken (default: those of the study)')
    .requiredOption('--features <F.csv>', 'harmonised features; a column reader holds the readings for the agreement')
    .requiredOption('--outcome <column>', 'column of two classes, in the features or in --outcomes')
    .option('--outcomes <C.csv>', 'clinical table that holds the outcome')
    .option('--positive <value>', 'the positive class, where it is not plain')
    .option('--patient <column>', 'where patients have several rows: the column, beside the outcome, that says whose each row is')
    .requiredOption('--train <ids>', 'file with one training patient a line')
    .addOption(idOption)
    .addOption(sheetOption)
    .requiredOption('--output <selection.json>', 'every step with what it looked at and kept')
    .option('--workers <n>', 'workers that share the work', parseCount, limitProcessors().amount)
    .action((options: SelectOptions) => select(options, signal))
}

async function select(options: SelectOptions, signal: AbortSignal): Promise<void> {
  const protocol = await readProtocol(options.protocol)
  const { order } = protocol
  const file = await readTableFile(options.features, options, order)
  const outcomeFile = options.outcomes === undefined ? file : await readTableFile(options.outcomes, options, order)
  const outcome = readOutcome(outcomeFile, options.outcome, options.positive)
  const named = [options.outcome, ...(options.patient === undefined ? [] : [options.patient])]
  refuseRoleColumns(
    outcomeFile === file ? { ...file, columns: file.columns.filter((column) => !named.includes(column)) } : file,
    [
      { column: options.outcome, role: 'outcome' },
      ...protocolColumns({ ...protocol, patient: options.patient ?? protocol.patient }),
      ...(outcomeFile === file ? [] : clinicalColumns(outcomeFile)),
    ],
  )
  const labelOf = new Map(outcome.ids.map((id, row) => [id, outcome.values[row]]))
  const { first, second } = readMeasurements(file, protocol.readers, named)
  const labels = first.ids.map((id) => labelOf.get(id) ?? NaN)
  const ids = await readIdFile(options.train, options, order)
  refuseUnlabelled(ids, labelOf, outcome)
  const incomplete = protocol.missing === 'complete cases' ? incompleteRows(first, ids) : []
  const learning = ids.filter((id) => !incomplete.includes(id))
  if (learning.length === 0) throw refuse('nobody-complete', {})
  const measured = takeTraining(first, labels, { training: learning, validation: [] }, readPatients(outcomeFile, options.patient))
  const screening = learnScreening(measured, protocol.missing)
  const training = screenedTraining(screening, measured)
  const progress = createProgressBar()
  const bridge = createNodeStatisticsBridge(options.workers)
  try {
    const readings = { judged: [], secondReader: second ?? null }
    const selection = await selectFeatures(
      { ...readings, training },
      { features: first, secondReader: second ?? null },
      protocol.select,
      protocol.seed,
      spreadJobs((jobs) => bridge.runJobs(jobs, { signal })),
      ({ done, total, step }) => progress.update(done, total, say(step)),
    )
    const warnings = describeTrainingCopies(findTrainingCopies(measured))
    await writeResult(options.output, formatJson({ ...(warnings.length > 0 && { warnings }), screening, ...selection }, say))
    const steps = selection.steps.map(({ method, kept }) => `${method} ${kept.length}`).join(', ')
    if (incomplete.length > 0) progress.say(`Left out, as they lack values (complete cases): ${listSome(incomplete)}.`)
    for (const line of [...warnings, ...describeScreening(screening), ...describeSteps(selection, protocol.select)])
      progress.say(say(line))
    progress.say(`${selection.candidates.length} features; left after ${steps}. Positive is ${outcome.column} = ${outcome.positive}.`) // prettier-ignore
  } finally {
    progress.stop()
    bridge.close()
  }
}
