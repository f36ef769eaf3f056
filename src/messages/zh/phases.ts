import type { PhaseTimes } from '../../core/cohort/timePhases.ts'
import type { TimeSource } from '../../core/image/volumeTiming.ts'

const sourceNames: Readonly<Record<TimeSource, string>> = {
  frameReference: '帧的参考时间',
  frameAcquisition: '帧的采集时间',
  acquisitionDateTime: '采集日期和时间',
  acquisition: '采集时间',
  triggerTime: '触发时间',
  dynamicScanBegin: '动态扫描开始时间（Philips）',
  temporalPosition: '时间位置和时间分辨率',
  fileSteps: '4D 文件的时间步长',
  content: '内容时间（可能晚于扫描）',
  series: '序列时间',
}

export function nameTimeSource(source: TimeSource): string {
  return sourceNames[source]
}

/** From what times were taken, a sentence. */
export function describeTimesFrom({ from, proved }: Pick<PhaseTimes, 'from' | 'proved'>): string {
  if (from === 'order') return '时间为假定：间隔 60 秒；文件中没有可用的时间。'
  return `时间取自文件：${sourceNames[from]}${proved ? '' : '；各文件不一致，见下'}。`
}
