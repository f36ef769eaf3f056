import type { PhaseTimes } from '../../core/cohort/timePhases.ts'
import type { TimeSource } from '../../core/image/volumeTiming.ts'

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
