import { useMemo } from 'react'
import { useStore } from 'zustand'
import { listSome } from '../../../messages/listSome.ts'
import { useSession } from '../../shared/session.ts'

export interface TablePlace {
  readonly file: string
  readonly rows: readonly number[]
}

/** Where a patient stands in the files that were opened; null where that is not known. */
export function usePlace(): (id: string) => TablePlace | null {
  const { scoresStore, studyStore } = useSession()
  const places = useStore(studyStore, (state) => state.places)
  const files = useStore(studyStore, ({ door }) => door?.files)
  const record = useStore(scoresStore, (state) => state.record)
  return useMemo(() => {
    const ofScores = new Map(record?.result.patients.flatMap(({ ids, rowNumbers }) => ids.map((id, row) => [id, rowNumbers?.[row]] as const))) // prettier-ignore
    return (id) => {
      const place = places.get(id)
      if (files && place) return { file: ((place.isSecond && files.second) || files.features).name, rows: place.rows }
      const row = files ? undefined : ofScores.get(id)
      return row === undefined ? null : { file: record!.fileName, rows: [row] }
    }
  }, [places, files, record])
}

/** `lung.csv, row 41` */
export const tellPlace = ({ file, rows }: TablePlace) =>
  `${file}, ${rows.length === 1 ? 'row' : 'rows'} ${listSome(rows.map(String))}`
