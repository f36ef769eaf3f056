/** Days since 1970. */
export type Day = number

/** What the days of a column may be written as, where the digits do not tell. */
export type DateOrder = 'day first' | 'month first'

/** Of Excel's two calendars; days from them to 1970. */
const excelStart = { 1900: -25569, 1904: -24107 } as const

/**
 * An ISO day, `2021/3/5`, `2021.3.5`, `20210305`, a Chinese day, `5/3/2021` (by `order`), or Excel's number of a day.
 * @param order null: only a day is read that is the same either way
 * @returns null where there is no day, or none that is sure
 */
export function readDate(folded: string, order: DateOrder | null, calendar: keyof typeof excelStart = 1900): Day | null {
  const text = folded.replace(/[t ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?z?$/, '')
  const yearFirst = /^(\d{4})(?:[-/.]|\u5e74)(\d{1,2})(?:[-/.]|\u6708)(\d{1,2})\u65e5?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) // prettier-ignore
  if (yearFirst) return dayOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  if (yearLast) {
    const [first, second, year] = yearLast.slice(1).map(Number)
    const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)]
    if (order === 'day first') return dayFirst
    if (order === 'month first') return monthFirst
    return dayFirst === null ? monthFirst : monthFirst === null || monthFirst === dayFirst ? dayFirst : null
  }
  return /^[1-6]\d{4}(\.\d+)?$/.test(text) ? excelStart[calendar] + Math.floor(Number(text)) : null
}

/** What a column's own days tell of the order of day and month: where one has a part above 12 and none contradicts. */
export function orderOfDates(cells: readonly string[]): DateOrder | null {
  const parts = cells.flatMap((cell) => {
    const found = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/.exec(cell)
    return found ? [[Number(found[1]), Number(found[2])]] : []
  })
  const isDayFirst = parts.some(([first]) => first > 12)
  const isMonthFirst = parts.some(([, second]) => second > 12)
  return isDayFirst === isMonthFirst ? null : isDayFirst ? 'day first' : 'month first'
}

function dayOf(year: number, month: number, day: number): Day | null {
  const time = new Date(Date.UTC(year, month - 1, day))
  const isReal = time.getUTCFullYear() === year && time.getUTCMonth() === month - 1 && time.getUTCDate() === day
  return isReal ? time.getTime() / 86_400_000 : null
}
