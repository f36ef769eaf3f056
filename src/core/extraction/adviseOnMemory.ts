import { NotEnoughMemory } from '../kernels/kernels.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import { refuse } from './messages.ts'

/** Runs a part of an extraction; where memory is short, its error says what the profile advises. */
export function adviseOnMemory<T>({ memoryAdvice }: Pick<ExtractionPlan, 'memoryAdvice'>, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof NotEnoughMemory)) throw error
    throw refuse('memory', { short: error.told, advice: memoryAdvice }, { cause: error })
  }
}
