const layout =
  /^(?<image>log-sigma-(?<sigma>[\d-]+)-mm-[23]D|wavelet-(?<wavelet>[HL]+)|[a-z][a-z\d-]*)_(?<kind>firstorder|shape|shape2D|glcm|glrlm|glszm|gldm|ngtdm)_(?<name>\w+)$/i

/** The parts of PyRadiomics's name that tell features apart on a screen: `LoG 5 mm Mean`, `wavelet HHL glcm Idm`. */
function shorten(name: string, withClass: boolean): string {
  const found = layout.exec(name)
  if (!found?.groups) return name
  const { kind, name: own } = found.groups
  return [imageOf(found), withClass ? kind : '', own].filter(Boolean).join(' ')
}

function imageOf(found: RegExpExecArray): string {
  const { image, sigma, wavelet } = found.groups!
  if (sigma) return `LoG ${sigma.replace('-', '.').replace(/\.0$/, '')} mm`
  return wavelet ? `wavelet ${wavelet}` : image.toLowerCase() === 'original' ? '' : image
}

/** How features are called on axes and in lists: as short as tells them apart from all others. The whole name stands in the title. */
export function nameFeatures(names: readonly string[]): (name: string) => string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(shorten(name, false), (counts.get(shorten(name, false)) ?? 0) + 1)
  return (name) => ((counts.get(shorten(name, false)) ?? 0) > 1 ? shorten(name, true) : shorten(name, false))
}

/** The class of a feature and the image that it is of, as far as its name tells. */
export function partsOfName(name: string): { readonly kind: string; readonly image: string } {
  const found = layout.exec(name)
  if (!found?.groups) return { kind: 'others', image: 'others' }
  return { kind: found.groups.kind, image: imageOf(found) || 'original' }
}
