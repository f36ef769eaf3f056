import { benchAnnealing, benchAnnealingSeeds } from './statistics/annealing.ts'
import { benchBoruta, benchBorutaAgreement } from './statistics/boruta.ts'
import { benchCombat } from './statistics/combat.ts'
import { benchForest } from './statistics/forest.ts'
import { benchEvaluate } from './statistics/evaluate.ts'
import { benchNoise, benchStudy } from './statistics/study.ts'
import { benchWilcoxon } from './statistics/wilcoxon.ts'

/** `npm run bench:statistics [name ...]`: seconds of each statistical method, beside R's where R is installed. */
const benches: Record<string, () => Promise<void>> = {
  annealing: benchAnnealing,
  annealingSeeds: benchAnnealingSeeds,
  combat: benchCombat,
  forest: benchForest,
  boruta: benchBoruta,
  borutaAgreement: benchBorutaAgreement,
  evaluate: benchEvaluate,
  wilcoxon: benchWilcoxon,
  study: benchStudy,
  noise: benchNoise,
}

const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stdout.write(`${name}\n`)
  await bench()
}
