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
 * with the clinical one would give the outcome away. Names count as the same whatever their case, width, blanks and hyphens, and with the
 * ending that joining gives to a name which both tables have.
 * @param features of which columns that describe a row (image, reader ...) are not looked at: they are never learnt from
 * @param roles where a name has several, the first is told
 * @throws DataError that names every such column, and its role
 */
export function refuseRoleColumns(features: Pick<TextTable, 'path' | 'columns'>, roles: readonly RoleColumn[]): void {
  const found = findRoleColumns(features.columns, roles)
  if (found.length > 0) throw refuse('role-columns', { path: features.path, columns: found })
}

/** The same among scores, which are judged as if they were a model's. @throws DataError that names every such column */
export function refuseRoleScores(path: string, models: readonly string[], roles: readonly RoleColumn[]): void {
  const found = findRoleColumns(models, roles)
  if (found.length > 0) throw refuse('score-roles', { path, columns: found })
}

function findRoleColumns(columns: readonly string[], roles: readonly RoleColumn[]): RoleColumn[] {
  const roleOf = new Map([...roles].reverse().map(({ column, role }) => [fold(column), role]))
  return columns.flatMap((column) => {
    const role = describesRow(column) ? undefined : (roleOf.get(fold(column)) ?? roleOf.get(fold(column.replace(joined, ''))))
    return role === undefined ? [] : [{ column, role }]
  })
}

/** `age_x` and `age_y` of pandas, `age.x` and `age.y` of R, `age.1` of both. */
const joined = /([._][xy]|\.\d)$/i

/** R writes `HER2.status` for `HER2 status`; signs without width come with what is pasted. */
function fold(name: string): string {
  const folded = name.normalize('NFKC').replace(/\p{Cf}/gu, '').trim().toLowerCase() // prettier-ignore
  return folded.replace(/[\s._\p{Pd}]+/gu, '') || folded
}
