import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useSession } from '../../shared/session.ts'

export interface InImage {
  /** Of the image, where a feature was asked for. */
  readonly role: string | null
  readonly show: () => void
}

/**
 * The way on from a patient of the study's own table to her image with its ROI: to the image that a feature was measured on, where one is
 * named, else to her first. Null for a patient of another table, and where she has no such image.
 */
export function useShowInImage(): (id: string, feature?: string) => InImage | null {
  const { studyStore, workListStore, openPatient } = useSession()
  const isOwn = useStore(studyStore, ({ door }) => door?.choice.own !== undefined)
  const rows = useStore(workListStore, (state) => state.rows)
  return useMemo(() => {
    const rowOf = new Map(isOwn ? rows.map((row) => [row.patient.label, row]) : [])
    return (id, feature) => {
      const row = rowOf.get(id)
      if (!row) return null
      const { patient, cells } = row
      if (feature === undefined) return { role: null, show: () => void openPatient(patient.id) }
      // T1WI and T1WI_C both begin a name: the longer one is meant.
      const [cell] = cells.filter(({ role }) => feature.startsWith(`${role}_`)).sort((a, b) => b.role.length - a.role.length)
      const image = (cell as typeof cell | undefined)?.image ?? null
      return image === null ? null : { role: cell.role, show: () => void openPatient(patient.id, image) }
    }
  }, [isOwn, rows, openPatient])
}
