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
  'expected-number': ({ isWhole, least, above, most, below }) => {
    const ends = [
      least === null ? '' : `of at least ${least}`,
      above === null ? '' : `above ${above}`,
      most === null ? '' : `${least === null && above === null ? 'of ' : ''}at most ${most}`,
      below === null ? '' : `below ${below}`,
    ].filter(Boolean)
    return `expected a ${isWhole ? 'whole ' : ''}number${ends.length > 0 ? ` ${ends.join(' and ')}` : ''}`
  },
  'expected-choice': ({ choices }) => `expected ${choices.length === 1 ? choices[0] : `one of ${choices.join(', ')}`}`,
  'expected-switch': () => 'expected true or false',
  'expected-text': () => 'expected text, such as the name of a column',
  'expected-list': ({ least }) =>
    least === 0 ? 'expected a list' : `expected a list of at least ${least === 1 ? 'one' : least}`,
  'expected-otherwise': () => 'expected something else: compare with a protocol that was saved',
}
