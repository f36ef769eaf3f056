export interface ScaleBar {
  readonly lengthMm: number
  readonly pixels: number
  readonly label: string
}

/** The longest bar of 1, 2 or 5 times a power of ten millimetres that is at most `mostPixels` long. */
export function chooseScaleBar(mmPerPixel: number, mostPixels: number): ScaleBar {
  const mostMm = mmPerPixel * mostPixels
  const power = 10 ** Math.floor(Math.log10(mostMm))
  const lengthMm = power * [5, 2, 1].find((step) => step * power <= mostMm * (1 + 1e-9))!
  return {
    lengthMm,
    pixels: lengthMm / mmPerPixel,
    label: lengthMm >= 100 ? `${lengthMm / 10} cm` : `${Number(lengthMm.toPrecision(1))} mm`,
  }
}
