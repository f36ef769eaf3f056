import type { PhaseTimes, PhaseWarning } from '../../core/cohort/timePhases.ts'
import type { TimeSource } from '../../core/cohort/timeSources.ts'

const sourceNames: Readonly<Record<TimeSource, string>> = {
  frameReference: 'reference time of the frames',
  frameAcquisition: 'acquisition time of the frames',
  acquisitionDateTime: 'acquisition date and time',
  acquisition: 'acquisition time',
  triggerTime: 'trigger time',
  dynamicScanBegin: 'start of the dynamic scan (Philips)',
  temporalPosition: 'temporal position and resolution',
  fileSteps: 'time step of the 4D file',
  content: 'content time (may lag behind the scan)',
  series: 'series time',
}

export function nameTimeSource(source: TimeSource): string {
  return sourceNames[source]
}

/** From what times were taken, a sentence. */
export function describeTimesFrom({ from, proved }: Pick<PhaseTimes, 'from' | 'proved'>): string {
  if (from === 'order') return 'Times assumed: 60 s apart; the files give none that can be used.'
  return `Times from the files: ${sourceNames[from]}${proved ? '' : '; the files disagree, see below'}.`
}

export function describePhaseWarning(warning: PhaseWarning): string {
  switch (warning.code) {
    case 'phaseMissing':
      return `A phase may be missing between ${warning.after} and ${warning.after + 1}: ${Math.round(warning.gapS)} s instead of about ${Math.round(warning.usualGapS)} s.`
    case 'fewPhases':
      return `${warning.found} phases; the study's protocol has ${warning.expected}.`
    case 'noneBeforeContrast':
      return `No phase lies before the contrast agent: the files say that it was given ${Math.round(-warning.injectionS)} s before the first one.`
    case 'noRise':
      return `Phase 1 looks enhanced or the order is wrong: the bright grey levels change by ${warning.risePercent.toFixed(1)} % to phase 2, a rise of more than 5 % is usual.`
  }
}
