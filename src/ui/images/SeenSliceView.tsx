import { useMemo } from 'react'
import type { SeenSlice } from '../../io/dicom/readSeries.ts'
import { greyScaleOf, percentileWindow } from '../../viewer/index.ts'
import { SliceCanvas } from '../shared/SliceCanvas.tsx'

/** A slice of a series to look at while the rest is read. */
export function SeenSliceView({ seen }: { seen: SeenSlice }) {
  const { size, spacingMm, voxels, number, count } = seen
  const window = useMemo(() => greyScaleOf(seen, percentileWindow(seen.voxels)), [seen])
  return (
    <figure className="seenSlice">
      <SliceCanvas size={size} spacingMm={spacingMm} pixels={voxels} window={window} label={`Slice ${number} of ${count}`} />
      <figcaption className="dim">
        Slice {number} of {count}; the others are being read.
      </figcaption>
    </figure>
  )
}
