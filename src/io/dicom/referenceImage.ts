import type { Grid, Volume } from '../../core/image/volume.ts'

/** An image on whose slices structures may be drawn: an open volume of a DICOM series. Plain data. */
export interface ReferenceImage {
  readonly seriesUid: string
  readonly grid: Grid
}

/** The grid of an image that came from DICOM, to be drawn on; undefined for others. */
export function referenceOf({
  size,
  spacingMm,
  originMm,
  direction,
  source,
}: Grid & Pick<Volume, 'source'>): ReferenceImage | undefined {
  const seriesUid = source.segments ? undefined : source.dicom?.SeriesInstanceUID
  return seriesUid === undefined ? undefined : { seriesUid, grid: { size, spacingMm, originMm, direction } }
}
