import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 of the text of a model's file up to the comma before it, and a closing brace. */
export const hashModel = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
