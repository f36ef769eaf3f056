import type { IccForm } from '../../core/select/iccForms.ts'

export const iccMeanings: Readonly<Record<IccForm, string>> = {
  ICC1: 'one-way random, absolute agreement, one reader',
  ICC2: 'two-way random, absolute agreement, one reader',
  ICC3: 'two-way mixed, consistency, one reader',
  ICC1k: 'one-way random, absolute agreement, mean of the readers',
  ICC2k: 'two-way random, absolute agreement, mean of the readers',
  ICC3k: 'two-way mixed, consistency, mean of the readers',
}
