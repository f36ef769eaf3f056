import { NativeSelect } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useMemo, useRef, useState, type ReactNode } from 'react'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { nameInFormula } from '../../core/features/definition.ts'
import { findDefinition } from '../../core/features/registry.ts'
import { filterFeatureRows, listFeatureRows, type FeatureRow } from '../../core/features/featureRows.ts'
import { featureOptionNames } from '../../core/parameters/profiles/pyradiomics.ts'
import { formatCount, formatNumber } from '../shared/formatNumber.ts'
import { featuresWords } from '../../messages/words/featuresWords.ts'
import { SearchField } from '../shared/SearchField.tsx'
import { useLanguage } from '../shared/useLanguage.ts'

/** Pixels, grown with the text as the style's lengths are. */
const rowHeight = () => (28 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16
const everything = { value: '', label: 'All' }

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns })
const column = createColumnHelper<typeof features, FeatureRow>()
const columns = column.columns([
  column.accessor('imageType', { header: 'Image type' }),
  column.accessor('featureClass', { header: 'Class' }),
  column.accessor('feature', { header: 'Feature' }),
  column.accessor('value', { header: 'Value', sortFn: 'basic' }),
  column.accessor((row) => findDefinition(row.name)?.unit ?? '', { id: 'unit', header: 'Unit' }),
])

/** All numbers of a run: searched, filtered, sorted; only the rows in sight are drawn. */
export function FeatureTable({ result, actions }: { result: ExtractionResult; actions: ReactNode }) {
  const [search, setSearch] = useState('')
  const [imageType, setImageType] = useState('')
  const [featureClass, setFeatureClass] = useState('')
  const all = useMemo(() => listFeatureRows(result.features), [result])
  const data = useMemo(() => filterFeatureRows(all, { search, imageType, featureClass }), [all, search, imageType, featureClass])
  const table = useTable({ features, columns, data, getRowId: (row) => row.name })
  const { rows } = table.getRowModel()
  const choices = (values: readonly string[], name: string) => [{ ...everything, label: name }, ...new Set(values)]

  return (
    <section className="card results" aria-label="Features">
      <div className="filters">
        <SearchField className="search" label="Search features" hint="Search" value={search} onChange={setSearch} />
        <NativeSelect
          aria-label="Image type"
          w={150}
          value={imageType}
          onChange={(event) => setImageType(event.currentTarget.value)}
          data={choices(
            all.map((row) => row.imageType),
            'All image types',
          )}
        />
        <NativeSelect
          aria-label="Class"
          w={118}
          value={featureClass}
          onChange={(event) => setFeatureClass(event.currentTarget.value)}
          data={choices(
            all.map((row) => row.featureClass),
            'All classes',
          )}
        />
        <span className="dim" data-testid="row-count" aria-live="polite">
          {data.length === all.length
            ? `${formatCount(all.length)} features`
            : `${formatCount(data.length)} of ${formatCount(all.length)}`}
        </span>
        <span className="grow" />
        {actions}
      </div>
      <ScrolledRows
        rows={rows}
        head={
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted()
                  return (
                    <th
                      key={header.id}
                      className={header.column.id === 'value' ? 'number' : undefined}
                      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
                    >
                      <button type="button" onClick={header.column.getToggleSortingHandler()}>
                        {String(header.column.columnDef.header)}
                        {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
                        {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
                      </button>
                    </th>
                  )
                })}
              </tr>
            ))}
          </thead>
        }
      />
    </section>
  )
}

interface RowsProps {
  readonly rows: readonly { readonly id: string; readonly original: FeatureRow }[]
  readonly head: ReactNode
}

/** Scrolling draws these anew, and not the filters and heads above them. */
function ScrolledRows({ rows, head }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 6,
  })
  return (
    <div className="tableScroll" ref={scroller} tabIndex={0} aria-label="Feature table, scrollable">
      <table className="features" aria-rowcount={rows.length + 1}>
        {head}
        <tbody style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <Row key={rows[index].id} row={rows[index].original} index={index} start={start} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="emptyState">No feature fits the search and the two filters.</p>}
    </div>
  )
}

const Row = memo(function Row({ row, index, start }: { row: FeatureRow; index: number; start: number }) {
  useLanguage()
  const definition = findDefinition(row.name)
  return (
    <tr aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)` }} data-feature={row.name}>
      <td title={row.imageType}>{row.imageType}</td>
      <td>{row.featureClass}</td>
      {/* Forty tooltips of their own would take longer to build than the rest of the table. */}
      <td
        title={
          definition &&
          `${featuresWords().featureMeanings[definition.featureClass][definition.name]} ${nameInFormula(definition, featureOptionNames)}`
        }
      >
        {row.feature}
      </td>
      <td className="number" title={String(row.value)} data-value={String(row.value)}>
        {formatNumber(row.value, 5, { zeros: true })}
      </td>
      <td className="dim" title={definition?.unit}>
        {definition && definition.unit !== '1' ? definition.unit : ''}
      </td>
    </tr>
  )
})
