import type { Counts } from '../../../core/evaluate/classification.ts'

const of = (name: string, truePositives: number, falseNegatives: number, falsePositives: number, trueNegatives: number) => ({
  name,
  counts: { truePositives, falseNegatives, falsePositives, trueNegatives },
})

/** The tables behind Tables 2 and 3 of Luo et al. 2024 (doi 10.1016/j.ejro.2024.100592): the whole numbers that give the printed rates. */
export const luoMatrices: readonly { readonly name: string; readonly counts: Counts }[] = [
  of('Task 1, training, LR', 60, 13, 108, 69),
  of('Task 1, training, RF', 66, 7, 91, 86),
  of('Task 1, training, SVM', 57, 16, 72, 105),
  of('Task 1, validation, LR', 25, 6, 83, 38),
  of('Task 1, validation, RF', 22, 9, 29, 92),
  of('Task 1, validation, SVM', 18, 13, 26, 95),
  of('Task 2, training, LR', 45, 37, 32, 63),
  of('Task 2, training, RF', 42, 40, 14, 81),
  of('Task 2, training, SVM', 63, 19, 50, 45),
  of('Task 2, validation, LR', 43, 40, 13, 25),
  of('Task 2, validation, RF', 80, 3, 30, 8),
  of('Task 2, validation, SVM', 71, 12, 30, 8),
]
