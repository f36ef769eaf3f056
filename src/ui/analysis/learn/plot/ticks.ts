import type { Range } from './scale.ts'

export const quarters: readonly number[] = [0, 0.25, 0.5, 0.75, 1]
export const unit: Range = [0, 1]
