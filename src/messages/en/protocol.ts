import type { ProtocolMessages } from '../../core/protocol/messages.ts'
import type { Sentences } from '../sentences.ts'

export const protocol: Sentences<ProtocolMessages> = {
  'clinical-expected': () => 'expected the name of a column of numbers, or { column, reference } of categories',
  'features-expected': () => 'expected selected, none, or a list of features',
  'from-above-to': () => 'from is at most to',
  'model-name-taken': ({ name }) => `another model has the name ${name}`,
  'model-without-columns': () => 'a model without features needs clinical columns',
  'column-twice': ({ column }) => `${column} is named more than once`,
  'wasm-only-weights': () => 'only the engine wasm has class weights',
  'wasm-only-tuned': () => 'only the engine wasm is tuned',
}
