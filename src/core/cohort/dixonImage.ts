/** What a Dixon scan makes at once, of one grid and one time. */
export type DixonImage = 'water' | 'fat' | 'inPhase' | 'opposedPhase'

/** Values of ImageType and, where the scan is called Dixon (or a vendor's name of it), last words of its description. */
const names: readonly (readonly [image: DixonImage, imageType: RegExp, lastWord: RegExp])[] = [
  ['water', /^(w|water)$/i, /^(w|water)$/],
  ['fat', /^(f|fat)$/i, /^(f|fat)$/],
  ['inPhase', /^(ip|in_?phase)$/i, /^(in|ip|inphase)$/],
  ['opposedPhase', /^(op|opp?_?phase|out_?phase|opposed_?phase)$/i, /^(op|opp|out|outphase)$/],
]
const scans = /dixon|mdixon|ideal|lava.?flex|quantum/i

/** Which of its images a volume of a Dixon scan is, undefined for other volumes. */
export function dixonImage({
  ImageType = '',
  SeriesDescription = '',
  ProtocolName = '',
}: Readonly<Record<string, string>>): DixonImage | undefined {
  const kinds = ImageType.split('\\').map((kind) => kind.trim())
  const told = names.find(([, imageType]) => kinds.some((kind) => imageType.test(kind)))
  if (told) return told[0]
  if (!scans.test(`${SeriesDescription} ${ProtocolName}`)) return undefined
  const last =
    SeriesDescription.toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.at(-1) ?? ''
  return names.find(([, , lastWord]) => lastWord.test(last))?.[0]
}
