import { zip, type Zippable } from 'fflate'

/** Files in one. */
export function packFiles(files: Zippable): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => zip(files, { level: 6 }, (error, bytes) => (error ? reject(error) : resolve(bytes))))
}
