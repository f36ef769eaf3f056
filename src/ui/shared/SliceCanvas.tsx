import { useEffect, useRef } from 'react'
import type { VoxelArray } from '../../core/numeric/voxelArray.ts'
import { brightnessOf, type GreyScale } from '../../viewer/index.ts'

interface SliceCanvasProps {
  /** Columns and rows. */
  readonly size: readonly [number, number]
  /** Width and height. */
  readonly spacingMm: readonly [number, number]
  /** Row by row from the top. */
  readonly pixels: VoxelArray
  readonly window: GreyScale
  readonly label: string
}

/** Grey levels of one slice, each pixel as wide as its voxel: a picture that does not move. */
export function SliceCanvas({ size: [columns, rows], spacingMm, pixels, window, label }: SliceCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const image = new ImageData(columns, rows)
    const words = new Uint32Array(image.data.buffer)
    const opaqueBlack = 0xff000000
    pixels.forEach((value, at) => {
      words[at] = opaqueBlack + 0x010101 * Math.round(255 * brightnessOf(value, window))
    })
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [columns, rows, pixels, window])
  return (
    <canvas
      ref={canvas}
      width={columns}
      height={rows}
      style={{ aspectRatio: `${columns * spacingMm[0]} / ${rows * spacingMm[1]}` }}
      role="img"
      aria-label={label}
    />
  )
}
