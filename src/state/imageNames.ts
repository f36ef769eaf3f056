import type { FoundVolume } from './images.ts'

/**
 * Names of which no two are equal, whatever their case: where they are, what differs is added, at last a number.
 * @param hints in the order in which they are tried
 */
export function tellApart(
  items: readonly { readonly name: string; readonly hints: readonly string[] }[],
  add: (name: string, hint: string) => string,
): string[] {
  const names = items.map(({ name }) => name)
  const groups = () => {
    const byName = new Map<string, number[]>()
    for (const [i, name] of names.entries()) byName.set(name.toLowerCase(), [...(byName.get(name.toLowerCase()) ?? []), i])
    return [...byName.values()].filter(({ length }) => length > 1)
  }
  for (let level = 0; level < Math.max(0, ...items.map(({ hints }) => hints.length)); level++) {
    for (const group of groups()) {
      const hintOf = (i: number) => items[i].hints[level] ?? ''
      if (new Set(group.map(hintOf)).size > 1) for (const i of group) if (hintOf(i) !== '') names[i] = add(names[i], hintOf(i))
    }
  }
  const used = new Set(names.map((name) => name.toLowerCase()))
  for (const group of groups()) {
    let number = 1
    for (const i of group.slice(1)) {
      let name: string
      do name = add(names[i], String(++number))
      while (used.has(name.toLowerCase()))
      used.add(name.toLowerCase())
      names[i] = name
    }
  }
  return names
}

/** A part of a file name that every file system takes; letters of all scripts stay. */
export function fileNamePart(text: string): string {
  const part = text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') // prettier-ignore
  return [...part].slice(0, 60).join('').replace(/-+$/, '')
}

/**
 * What a volume is called in file names and tables. Names of files and folders are often the patient's, so a file without a header is
 * `image-1` by order of opening; from a series' own description the words of the patient's name and ID are taken out.
 */
export function createSequenceNames(): (found: FoundVolume) => string {
  const numbers = new Map<string, number>()
  return ({ opening, volume: { source } }) => {
    const file = `${opening} ${source.path}`
    const phase = fileNamePart((source.phase ?? '').replace(/ of \d+$/, ''))
    const { SeriesDescription, ProtocolName, Modality, PatientName = '', PatientID = '' } = source.dicom ?? {}
    const described = [SeriesDescription, ProtocolName, Modality].map((text) =>
      fileNamePart(withoutWords(text ?? '', `${PatientName} ${PatientID}`)),
    )
    let name = described.find((text) => text !== '')
    if (name === undefined) {
      const number = numbers.get(file) ?? numbers.size + 1
      numbers.set(file, number)
      name = `image-${number}`
    }
    return [name, phase].filter(Boolean).join('-')
  }
}

/** @param secret whose words of three letters and more are taken out of the text */
export function withoutWords(text: string, secret: string): string {
  const words = secret.match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? []
  return words.reduce((left, word) => left.replace(new RegExp(word, 'giu'), ' '), text)
}
