import type { StudyFiles } from '../../../io/tables/roles/studyChoice.ts'
import { packFiles } from '../evaluate/packFiles.ts'

/** What `texel analyse` takes. @param protocol the text of its file */
export async function zipOwnTables({ features, clinical }: StudyFiles, protocol: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer())
  const tables = [features, ...(clinical ? [clinical] : [])]
  const packed = await Promise.all(tables.map(async (file) => [file.name, await bytesOf(file)] as const))
  return packFiles(Object.fromEntries([...packed, ['protocol.yaml', new TextEncoder().encode(protocol)]]))
}
