import { configure, Reader, Writer, ZipReader, type Entry, type FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js'
import type { Bytes, SourceFile } from './sourceFile.ts'

// Entries are small or packed already: a worker for each would cost more than it saves.
configure({ useWebWorkers: false })

/**
 * What a zip lists, read where it lies.
 * @param names whether names that lead out of a folder are refused; they do no harm where nothing is written by them
 * @throws an error of zip.js for what is no zip, or is damaged; `ERR_UNSAFE_FILENAME`
 */
export function zipEntries(file: SourceFile, names: 'balanced' | 'tolerant'): AsyncGenerator<Entry> {
  return new ZipReader(new SourceReader(file), { filenameValidation: names }).getEntriesGenerator()
}

/** The bytes of an entry, its check sum looked at; no more is unpacked than the zip says it has. @throws an error of zip.js, or of its size */
export function unpackEntry(entry: FileEntry): Promise<Bytes> {
  return entry.getData(new EntryWriter(entry.uncompressedSize), { checkSignature: true })
}

class SourceReader extends Reader<SourceFile> {
  readonly #file: SourceFile
  constructor(file: SourceFile) {
    super(file)
    this.#file = file
    this.size = file.size
  }
  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#file.bytes(index, Math.min(index + length, this.size))
  }
}

class EntryWriter extends Writer<Bytes> {
  readonly #bytes: Bytes
  #at = 0
  constructor(size: number) {
    super()
    this.#bytes = new Uint8Array(size)
  }
  override async writeUint8Array(chunk: Uint8Array): Promise<void> {
    if (this.#at + chunk.length > this.#bytes.length) throw new Error('More bytes than the zip says.')
    this.#bytes.set(chunk, this.#at)
    this.#at += chunk.length
  }
  override async getData(): Promise<Bytes> {
    if (this.#at !== this.#bytes.length) throw new Error('Fewer bytes than the zip says.')
    return this.#bytes
  }
}
