import type { CohortMessages } from '../../core/cohort/messages.ts'
import type { Sentences } from '../sentences.ts'

export const cohort: Sentences<CohortMessages> = {
  'baseline-is-last': ({ phase, phases }) =>
    `Phase ${phase} of ${phases} cannot be the baseline: it must be a phase with at least one after it.`,
  bounds: ({ inflowPercent, outflowPercent }) =>
    `The bounds are ${inflowPercent} and ${outflowPercent} %: both must be numbers of at least 0.`,
  constant: () => 'does not vary',
  'counts-below-5': ({ small, cells }) => `${small} of ${cells} expected counts are below 5`,
  'few-phases': ({ found, expected }) => `${found} phases; the study's protocol has ${expected}.`,
  'group-without-values': () => 'a group has no value',
  groups: ({ only }) => `A table of groups needs at least two; there ${only === undefined ? 'is none' : `is only ${only}`}.`,
  'level-unknown': ({ variable, level, levels }) => `${variable} has no level "${level}"; it has ${levels.join(', ')}.`,
  'means-not-finite': ({ means }) =>
    `The means are ${means.join(', ')}: at least two finite ones are needed to choose a phase after contrast.`,
  'none-before-contrast': ({ injectionS }) =>
    `No phase lies before the contrast agent: the files say that it was given ${Math.round(-injectionS)} s before the first one.`,
  'no-rise': ({ risePercent }) =>
    `Phase 1 looks enhanced or the order is wrong: the bright grey levels change by ${risePercent.toFixed(1)} % to phase 2, a rise of more than 5 % is usual.`,
  'phase-missing': ({ after, gapS, usualGapS }) =>
    `A phase may be missing between ${after} and ${after + 1}: ${Math.round(gapS)} s instead of about ${Math.round(usualGapS)} s.`,
  'phase-off-grid': ({ phase, size, maskSize }) =>
    `Phase ${phase} has ${size.join(' x ')} voxels, the mask ${maskSize.join(' x ')}: both must be on one grid.`,
  times: ({ phases, timesS }) => `The times of ${phases} phases are ${timesS.join(', ')} s: one a phase, ascending, is needed.`,
  'values-a-patient': ({ variable, values, patients }) => `${variable} has ${values} values for ${patients} patients.`,
}
