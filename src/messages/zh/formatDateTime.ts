const form = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' })

/** A moment for reading, in the time of this computer: `2026年3月9日 08:05`. */
export function formatDateTime(moment: number | string | Date): string {
  return form.format(new Date(moment))
}
