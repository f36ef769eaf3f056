import { useEffect, useRef } from 'react'
import type { SeenSlice } from '../../io/dicom/readSeries.ts'
import { percentileWindow } from '../../viewer/index.ts'

/** A slice of a series to look at while the rest is read. */
export function SeenSliceView({ seen }: { seen: SeenSlice }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { size, spacingMm, voxels, number, count } = seen
  useEffect(() => {
    const { centre, width } = percentileWindow(voxels)
    const image = new ImageData(size[0], size[1])
    const words = new Uint32Array(image.data.buffer)
    const opaqueBlack = 0xff000000
    voxels.forEach((value, at) => {
      const grey = Math.round(255 * Math.min(1, Math.max(0, (value - centre) / width + 0.5)))
      words[at] = opaqueBlack + 0x010101 * grey
    })
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [size, voxels])
  return (
    <figure className="seenSlice">
      <canvas
        ref={canvas}
        width={size[0]}
        height={size[1]}
        style={{ aspectRatio: `${size[0] * spacingMm[0]} / ${size[1] * spacingMm[1]}` }}
        role="img"
        aria-label={`Slice ${number} of ${count}`}
      />
      <figcaption className="dim">
        Slice {number} of {count}; the others are being read.
      </figcaption>
    </figure>
  )
}
