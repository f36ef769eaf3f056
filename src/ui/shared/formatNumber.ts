import { appWords } from '../../messages/words/appWords.ts'

const minus = '\u2212'

/**
 * A number for reading: sensible digits, true minus sign. The full value belongs in a title.
 * @param options.zeros keeps the zeros at the end, for columns of numbers
 */
export function formatNumber(value: number, significantDigits = 5, { zeros = false } = {}): string {
  if (Number.isNaN(value)) return appWords().notANumber
  if (!Number.isFinite(value)) return value > 0 ? '\u221e' : `${minus}\u221e`
  const size = Math.abs(value)
  const text =
    size !== 0 && (size >= 1e7 || size < 1e-4)
      ? value.toExponential(significantDigits - 1).replace('e+', 'e')
      : size >= 10 ** (significantDigits - 1)
        ? groupThousands(Math.round(value).toString())
        : zeros
          ? value.toPrecision(significantDigits)
          : trimZeros(value.toPrecision(significantDigits))
  return text.replaceAll('-', minus)
}

/** A whole number with thin spaces between thousands. */
export function formatCount(value: number): string {
  return groupThousands(Math.round(value).toString()).replace('-', minus)
}

export function formatVoxels(count: number): string {
  return appWords().voxels(formatCount(count), count === 1)
}

/** A fixed number of decimals, true minus sign. */
export function formatFixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', minus)
}

/** In mm³ where cm³ would round to next to nothing. */
export function formatVolume(cm3: number): string {
  if (cm3 > 0 && cm3 < 0.01) return `${formatNumber(1000 * cm3, 3)} mm\u00b3`
  return `${formatFixed(cm3, cm3 < 10 ? 2 : 1)} cm\u00b3`
}

/** Of files and stores: `820 kB`, `1.2 MB`, by thousands as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1000)} kB`
  const [size, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${formatFixed(size, size < 100 ? 1 : 0)} ${unit}`
}

/** Sizes and spacings: `256 × 256 × 25`. */
export function formatTriple(values: readonly number[], decimals?: number): string {
  return values.map((v) => (decimals === undefined ? String(v) : String(Number(v.toFixed(decimals))))).join(' \u00d7 ')
}

export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${formatFixed(seconds, 1)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** How long ago, as people say it. */
export function formatAgo(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const { justNow, ago } = appWords()
  if (seconds < 5) return justNow
  if (seconds < 60) return ago(seconds, 's')
  if (seconds < 3600) return ago(Math.floor(seconds / 60), 'min')
  if (seconds < 86400) return ago(Math.floor(seconds / 3600), 'h')
  return ago(Math.floor(seconds / 86400), 'd')
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009')
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}
