import { SegmentedControl } from '@mantine/core'

const widths = ['85', '120', '180']
const kinds = { svg: 'SVG', '300': 'PNG 300 dpi', '600': 'PNG 600 dpi' } as const

/** How figures are saved for print. */
export interface PrintedAs {
  readonly mm: number
  /** Null: as SVG. */
  readonly dpi: number | null
}

export const firstPrintedAs: PrintedAs = { mm: 85, dpi: null }

/** Widths that journals ask for, and kinds of pictures. */
export function PrintSize({ value: { mm, dpi }, onChange }: { value: PrintedAs; onChange: (value: PrintedAs) => void }) {
  return (
    <>
      <SegmentedControl
        aria-label="Width"
        data={widths.map((value) => ({ value, label: `${value} mm` }))}
        value={String(mm)}
        onChange={(value) => onChange({ mm: Number(value), dpi })}
      />
      <SegmentedControl
        aria-label="Kind of picture"
        data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        value={String(dpi ?? 'svg')}
        onChange={(value) => onChange({ mm, dpi: value === 'svg' ? null : Number(value) })}
      />
    </>
  )
}
