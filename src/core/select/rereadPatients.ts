import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

/** Whose second readings agreement was learnt from. */
export type RereadPatients = 'training' | 'all re-read patients, labels unseen'

/** Of fewer, agreement is not told at all. */
export const fewestRereads = 10
const usualRereads = 20

/** What is to be said of so many re-read patients, and whether agreement is refused of them. */
export function warnOfRereads(
  count: number,
  patients: RereadPatients,
): { readonly message: Message; readonly isRefused: boolean }[] {
  if (count >= usualRereads) return []
  if (count >= fewestRereads) return [{ message: tell('agreement-uncertain', { patients: count, usual: usualRereads }), isRefused: false }] // prettier-ignore
  const of = patients === 'training' ? 'training' : 'all'
  return [{ message: tell('agreement-few-patients', { least: fewestRereads, of, patients: count }), isRefused: true }]
}
