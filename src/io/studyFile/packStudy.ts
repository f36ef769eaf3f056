import { beginZip } from '../beginZip.ts'
import { hashBytes } from '../hashBytes.ts'
import type { StudyPart } from './proposalFiles.ts'

/** The study file: a zip of these files and, last, their check sums, as `sha256sum -c` reads them. */
export async function packStudy(parts: readonly StudyPart[], modified: Date): Promise<Blob> {
  const zip = beginZip(modified)
  const sums: string[] = []
  for (const { name, text } of parts) {
    const bytes = new TextEncoder().encode(text)
    sums.push(`${await hashBytes(bytes)}  ${name}\n`)
    await zip.add(name, bytes)
  }
  await zip.add('SHA256SUMS', new TextEncoder().encode(sums.join('')))
  return zip.finish()
}
