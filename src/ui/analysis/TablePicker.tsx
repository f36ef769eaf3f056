import { FilePicker } from '../shared/FilePicker.tsx'

interface TablePickerProps {
  readonly label: string
  readonly isFirst?: boolean
  readonly onFile: (file: File) => void
}

/** Where a table comes in; a drop is taken anywhere on the page. */
export const TablePicker = ({ label, isFirst = false, onFile }: TablePickerProps) => (
  <FilePicker
    label={label}
    variant={isFirst ? 'filled' : 'default'}
    size={isFirst ? 'sm' : 'xs'}
    accept=".csv,.tsv,.txt,.xlsx,.parquet,.gz"
    testId="table-input"
    onFile={onFile}
  />
)
