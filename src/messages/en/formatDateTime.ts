/** A moment for reading, in the time of this computer: `2026-03-09 08:05`. The same on every machine, whatever its language. */
export function formatDateTime(moment: number | string | Date): string {
  const date = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
