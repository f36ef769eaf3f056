import { groupBy } from '../../core/numeric/groupBy.ts'
import { parseDataSet } from '../dicom/dicomElements.ts'
import type { DicomHeader } from '../dicom/dicomHeader.ts'
import { hashBytes } from '../hashBytes.ts'
import { inFlight } from '../inFlight.ts'
import { folderOf, type SourceFile } from '../sourceFile.ts'

/** Files of one series that claim the identifiers of others and hold other pixels: those of one folder. */
export interface Rivals {
  readonly headers: readonly DicomHeader[]
  /** Names them by their pixels. */
  readonly rival: string
}

/** Only files of equal identifiers are read as a whole. */
const filesAtOnce = 4

/**
 * The same image twice (equal SOPInstanceUID and pixels) is read once. Where the pixels differ, the folders that hold them are apart: which of
 * them is right, a person says.
 * @param files those that the headers' frames count
 */
export async function sortOutCopies(
  headers: readonly DicomHeader[],
  files: readonly { readonly file: SourceFile }[],
): Promise<{
  readonly kept: readonly DicomHeader[]
  readonly copies: readonly DicomHeader[]
  readonly rivals: readonly Rivals[]
}> {
  const alike = [
    ...groupBy(
      headers.filter(({ instanceUid }) => instanceUid !== ''),
      ({ instanceUid }) => instanceUid,
    ).values(),
  ].filter(({ length }) => length > 1)
  if (alike.length === 0) return { kept: headers, copies: [], rivals: [] }
  const fileOf = ({ frames: [{ file }] }: DicomHeader) => files[file].file
  const doubled = alike.flat()
  const hashes = await inFlight(doubled, filesAtOnce, (header) => hashPixels(fileOf(header)))
  const hashOf = new Map(doubled.map((header, i) => [header, hashes[i]]))
  const folder = (header: DicomHeader) => folderOf(fileOf(header).path)
  const inDispute = new Set(
    alike.filter((same) => new Set(same.map((header) => hashOf.get(header))).size > 1).flatMap((same) => same.map(folder)),
  )
  const seen = new Set<string>()
  const [kept, copies]: [DicomHeader[], DicomHeader[]] = [[], []]
  for (const header of headers) {
    const place = inDispute.has(folder(header)) ? folder(header) : ''
    const name = JSON.stringify([place, header.instanceUid, hashOf.get(header)])
    if (header.instanceUid !== '' && seen.has(name)) copies.push(header)
    else kept.push(header)
    seen.add(name)
  }
  const disputed = groupBy(
    kept.filter((header) => inDispute.has(folder(header))),
    folder,
  )
  const rivals = [...disputed.values()].map(async (own) => {
    const pixels = own.map((header) => hashOf.get(header) ?? '').sort()
    return { headers: own, rival: await hashBytes(new TextEncoder().encode(pixels.join('\n'))) }
  })
  return { kept: kept.filter((header) => !inDispute.has(folder(header))), copies, rivals: await Promise.all(rivals) }
}

async function hashPixels(file: SourceFile): Promise<string> {
  const bytes = await file.bytes()
  const pixels = parseDataSet(bytes)?.elements.x7fe00010
  // A file that was packed is not the one that was parsed: all of it counts.
  return hashBytes(pixels && pixels.dataOffset < bytes.length ? bytes.slice(pixels.dataOffset) : bytes)
}
