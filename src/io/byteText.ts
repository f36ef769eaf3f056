/** One character a byte, so that bytes come back from it; `TextDecoder('latin1')` is another code page in browsers and Node. */
export function byteText(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) {
    // Not by spreading, which asks the array for each byte: several times slower.
    const codes: ArrayLike<number> = bytes.subarray(at, at + 8192)
    parts.push(String.fromCharCode.apply(null, codes as number[]))
  }
  return parts.join('')
}

/** The bytes of `byteText`. */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
