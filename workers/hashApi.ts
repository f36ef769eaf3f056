export type HashApi = ReturnType<typeof createHashApi>

/** SHA-1 by the browser, which takes its bytes in one piece only. */
export function createHashApi() {
  let bytes = new Uint8Array(0)
  let filled = 0
  return {
    start(byteLength: number): void {
      bytes = new Uint8Array(byteLength)
      filled = 0
    },
    add(piece: Uint8Array<ArrayBuffer>): void {
      bytes.set(piece, filled)
      filled += piece.length
    },
    finish: () => digestHex(bytes),
  }
}

export async function digestHex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
