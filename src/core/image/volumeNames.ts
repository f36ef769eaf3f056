/*
 * What tells volumes of one series or file apart (`VolumeSource.phase`). These names are no sentences: they go into the keys under which
 * regions are kept and into tables, and are asked for on the command line, so they are the same in every language.
 */

/** `phase 2 of 6`, `echo 1 of 2 (4.6)`. @param number from 1 */
export function nameNumbered(kind: 'channel' | 'echo' | 'part' | 'phase', number: number, count: number, what?: string): string {
  return `${kind} ${number} of ${count}${what === undefined ? '' : ` (${what})`}`
}

/** Of phases by their numbers from 1: `phase 3 minus phase 1`. */
export function nameSubtraction(phase: number, taken: number): string {
  return `phase ${phase} minus phase ${taken}`
}

/** @param value of the DICOM attribute, parts parted by backslashes */
export function nameImageType(value: string): string {
  return `image type ${value.replaceAll('\\', ' ')}`
}

/** @param value in s/mm²; empty where it is not given */
export function nameBValue(value: string): string {
  return `b-value ${value === '' ? 'not given' : value}`
}

/** Of a parametric map that holds several quantities. @param label as the file gives it; empty where it gives none */
export function nameMapping(label: string): string {
  return `map ${label === '' ? 'without a label' : label}`
}
