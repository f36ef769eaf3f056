import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { formatDateTime } from '../../messages/formatDateTime.ts'
import type { KeptTable } from '../../storage/schema.ts'
import { downloadFile } from '../../state/actions/downloadFile.ts'
import type { ShownTable } from './useShownTable.ts'
import { useSession } from '../shared/session.ts'

/** Which of the tables that this browser keeps is shown, and all of them as one file. */
export function TableChoice({ tables: all, table, lesions }: ShownTable) {
  const { ageOf, extractionStore, formatAllTables, readersStore, roiStore, tablesStore } = useSession()
  const { reader } = useStore(readersStore)
  const open = useStore(roiStore, (state) => state.open)
  const maskHashes = useStore(roiStore, (state) => state.maskHashes)
  const parameters = useStore(extractionStore, (state) => state.parameters)
  // One an image: its lesions are chosen among them.
  const tables = all.filter((one, i) =>
    one.image === table?.image ? one === table : all.findIndex(({ image }) => image === one.image) === i,
  )
  if (all.length === 0 || (all.length === 1 && table)) return null
  const describe = (one: KeptTable) =>
    [
      one.imageName,
      one.label,
      formatDateTime(one.savedAt),
      one.isPartial && 'partial',
      ageOf(one, maskHashes, parameters).length > 0 && 'out of date',
    ]
      .filter(Boolean)
      .join(' · ')
  const saveAll = async () => downloadFile(`features_reader-${reader}.csv`, await formatAllTables(reader), 'text/csv')
  return (
    <div className="row">
      <NativeSelect
        aria-label="Table of features"
        style={{ flex: 1, minWidth: 0 }}
        value={table?.key ?? ''}
        onChange={(event) => tablesStore.getState().choose(event.currentTarget.value || null)}
        data={[
          ...(table ? [] : [{ value: '', label: open ? `${open.imageName} · not extracted yet` : 'Choose a table' }]),
          ...tables.map((one) => ({ value: one.key, label: describe(one) })),
        ]}
      />
      {table && lesions.length > 1 && (
        <NativeSelect
          aria-label="Lesion"
          value={table.key}
          onChange={(event) => tablesStore.getState().choose(event.currentTarget.value)}
          data={lesions.map(({ key, lesion }) => ({ value: key, label: lesion }))}
        />
      )}
      {tables.length > 1 && (
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => void saveAll()}
          title="One file: a row for each lesion of each of these images, whatever the parameters. Full precision."
        >
          CSV, all {tables.length} tables
        </Button>
      )}
    </div>
  )
}
