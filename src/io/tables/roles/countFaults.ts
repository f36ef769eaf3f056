import { isMissing, parseNumber } from '../tableFile.ts'
import type { RawTable } from './rawTable.ts'
import type { StudyRole } from './studyChoice.ts'

/** By column, the cells that its role does not allow: no number in a feature, nothing in an ID, a cohort or a batch. */
export function countFaults(raw: RawTable, roles: readonly StudyRole[]): number[] {
  return raw.header.map((_, at) => {
    const isFault = faultOf(roles[at])
    return isFault ? raw.rows.filter((row) => isFault(row[at])).length : 0
  })
}

function faultOf(role: StudyRole): ((text: string) => boolean) | undefined {
  switch (role) {
    case 'feature':
      return (text) => typeof parseNumber(text) !== 'number'
    case 'id':
    case 'cohort':
    case 'batch':
    case 'patient':
    case 'reader':
    case 'sequence':
      return isMissing
    default:
      return undefined
  }
}
