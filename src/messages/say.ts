import { messageOf, type Message, type Say } from '../core/messages/message.ts'
import { ofSession } from './en/catalogue.ts'

type Rooms = Readonly<Record<string, Readonly<Record<string, (values: never, say: Say) => string>>>>

let known: Rooms = ofSession

/** Adds the sentences of more rooms. Each part of the page brings those that it tells: `sayImages.ts`, `sayFeatures.ts`, `sayAnalysis.ts`. */
export function addRooms(rooms: Rooms): void {
  known = { ...known, ...rooms }
}

/** The message as a sentence, or several. What a record of another version says in a code unknown here is told as it stands. */
export function say({ step, code, values }: Message): string {
  const room = own(known, step)
  const sentence = room && own(room, code)
  return sentence ? sentence(values as never, say) : `${step}/${code} ${JSON.stringify(values)}`
}

/** Codes come from files too: `constructor` is none of them. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** What is to be told of an error, whatever was thrown. */
export function sayError(error: unknown): string {
  return say(messageOf(error))
}
