import { expect, test } from 'vitest'
import { defaultRoles as roles } from '../core/study/roles.ts'
import { countColumns } from './countColumns.ts'

const images = [{ id: 'i1', role: 'T1WI' }, { id: 'i2', role: null }, { id: 'loose', role: 'T1WI' }] as const // prettier-ignore
const imported = new Set(['i1', 'i2'])
const table = (image: string, featureCount: number, isPartial = false) => ({ image: `${image}.voxels`, featureCount, isPartial })

test('a study’s table has the features of each role, as its newest whole table of one image has them', () => {
  const count = (...tables: ReturnType<typeof table>[]) => countColumns({ tables, images, roles, imported })
  expect(count(table('i1', 1502), table('i1', 107))).toBe(4506)
  expect(count(table('i1', 12, true), table('i1', 107))).toBe(321)
  expect(count(table('loose', 1502), table('i2', 1502))).toBeNull()
})
