import { readFileSync } from 'node:fs'
import { candidateTables, readCandidates } from '../reference/candidates.ts'
import { loadKernels } from '../workers/loadKernels.node.ts'
import { mean, standardDeviation } from '../src/core/statistics/moments.ts'
import { pickTrainingColumns } from '../src/core/table/trainingTable.ts'
import { anneal, caretAnnealing, runAnnealing } from '../src/core/select/annealing.ts'
const kernels = await loadKernels()
for (const table of candidateTables) {
  const { candidates } = JSON.parse(readFileSync(`reference/statistics/${table}/annealing.json`, 'utf8'))
  const training = pickTrainingColumns(readCandidates(table), candidates)
  const ours: number[] = [], all: number[] = [], kept: number[] = []
  const c0 = process.cpuUsage()
  for (let seed = 1; seed <= 10; seed++) {
    const s = await runAnnealing(training, { ...caretAnnealing, seed }, async (jobs) => jobs.map((j) => anneal(kernels, j)))
    ours.push(s.averages[s.iteration - 1]); all.push(mean(s.averages)); kept.push(s.kept.length)
  }
  console.log(table, ours.map((x) => x.toFixed(3)).join(' '), mean(ours), standardDeviation(ours), 'over its', mean(all), standardDeviation(all), kept.join(), 'cpu/run', process.cpuUsage(c0).user / 1e7)
}
