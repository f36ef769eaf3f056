import { messageOf, type Message, type Say } from '../core/messages/message.ts'
import { ofSession } from './en/catalogue.ts'
import { translatedRooms } from './language.ts'

type Sayings = Readonly<Record<string, Readonly<Record<string, (values: never, say: Say) => string>>>>

let english: Sayings = ofSession

/** Adds the English sentences of more rooms. Each part of the page brings those that it tells: `sayImages.ts`, `sayFeatures.ts`, `sayAnalysis.ts`. */
export function addRooms(rooms: Sayings): void {
  english = { ...english, ...rooms }
}

/** The message as a sentence, or several, in the language of the page. What a record of another version says in a code unknown here is told as it stands. */
export const say: Say = (message) => sayFrom((step) => own(translatedRooms(), step) ?? own(english, step), message, say)

/** The same in English, whatever the page speaks: for files, which others read and programs compare. */
export const sayInFiles: Say = (message) => sayFrom((step) => own(english, step), message, sayInFiles)

function sayFrom(find: (step: string) => Sayings[string] | undefined, { step, code, values }: Message, sayNested: Say): string {
  const room = find(step)
  const sentence = room && own(room, code)
  return sentence ? sentence(values as never, sayNested) : `${step}/${code} ${JSON.stringify(values)}`
}

/** Codes come from files too: `constructor` is none of them. */
function own<T>(record: Readonly<Record<string, T>> | null, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

/** What is to be told of an error, whatever was thrown. */
export function sayError(error: unknown): string {
  return say(messageOf(error))
}
