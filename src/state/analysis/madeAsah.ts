import text from '../../../reference/statistics/asah.csv?raw'

/** Test support: pROC's aSAH data as `readAsah` of the reference gives them, for tests that have no file system. */
const [header, ...rows] = text.trim().split('\n')
const cells = rows.map((row) => row.split(',').map(Number))
const columnAt = (name: string) => cells.map((row) => row[header.replaceAll('"', '').split(',').indexOf(name)])

export const asah = { outcome: columnAt('outcome'), s100b: columnAt('s100b'), ndka: columnAt('ndka'), wfns: columnAt('wfns') }
export const markers = ['s100b', 'ndka', 'wfns'] as const
