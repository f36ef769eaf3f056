/*
 * What reads the forms of earlier versions: loaded where there is something of them, in one part, since parts that share little with
 * the first screen each split it.
 */
export { copyOldDatabase } from './copyOldDatabase.ts'
export { copyOldSettings } from './copyOldSettings.ts'
export { upgradeTo2 } from './upgradeTo2.ts'
export { takeOldRegions } from './takeOldRegions.ts'
