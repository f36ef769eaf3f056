import { say } from '../../messages/say.ts'
import { Notice } from '../shared/Notice.tsx'
import type { TableLook } from '../../../workers/scoresApi.ts'

/** What was assumed of a table's file, so that whoever knows better can say so. */
export const TableNotes = ({ look: { notes } }: { readonly look: Pick<TableLook, 'notes'> }) =>
  notes.map((note, at) => (
    <Notice key={at} kind="info">
      {say(note)}
    </Notice>
  ))
