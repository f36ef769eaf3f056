import type { LearnScreen } from '../screen.ts'

/*
 * What a class is sent: the part of the page's address behind #learn/. A place (`play`, `lessons`, a lesson), and what is set there.
 */

const prefix = '#learn/'

export interface LearnAddress {
  readonly place: string
  readonly values: Readonly<Record<string, string>>
}

/** An address that is not of this kind says nothing. @param hash with its # */
export function readLearnAddress(hash: string): LearnAddress | null {
  if (!hash.startsWith(prefix)) return null
  const [place, search = ''] = hash.slice(prefix.length).split('?')
  return { place, values: Object.fromEntries(new URLSearchParams(search)) }
}

export function writeLearnAddress({ place, values }: LearnAddress): string {
  const search = new URLSearchParams(values).toString()
  return `${prefix}${place}${search === '' ? '' : `?${search}`}`
}

/** The screen that an address leads to; null for any other address. */
export function screenOfAddress(hash: string): LearnScreen | null {
  const address = readLearnAddress(hash)
  if (!address) return null
  return address.place === 'play' ? 'playground' : 'lessons'
}

/** A number of an address within its range; what is none, or lies outside, is as if it were not said. */
export function readNumber(
  text: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text)
  return value >= least && value <= most ? value : null
}
