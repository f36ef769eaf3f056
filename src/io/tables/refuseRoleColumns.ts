import { refuse, type Role } from './messages.ts'
import { describesRow, type TextTable } from './tableFile.ts'

/** A column that says something of a patient, and so is no feature. */
export interface RoleColumn {
  readonly column: string
  readonly role: Role
}

/** Every column of a clinical table, in the role that it has there. */
export function clinicalColumns({ columns, path }: TextTable): RoleColumn[] {
  return columns.map((column) => ({ column, role: { clinical: path } }))
}

/**
 * What says who a patient is or what came of it must not be learnt from as if it had been measured in an image: a table that was joined
 * with the clinical one would give the outcome away. Names count as the same whatever their case, width and blanks.
 * @param features of which columns that describe a row (image, reader ...) are not looked at: they are never learnt from
 * @param roles where a name has several, the first is told
 * @throws DataError that names every such column, and its role
 */
export function refuseRoleColumns(features: TextTable, roles: readonly RoleColumn[]): void {
  const roleOf = new Map([...roles].reverse().map(({ column, role }) => [fold(column), role]))
  const found = features.columns.filter((column) => !describesRow(column) && roleOf.has(fold(column)))
  if (found.length === 0) return
  throw refuse('role-columns', {
    path: features.path,
    columns: found.map((column) => ({ column, role: roleOf.get(fold(column))! })),
  })
}

function fold(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
