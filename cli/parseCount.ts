import { InvalidArgumentError } from 'commander'

/** @throws InvalidArgumentError unless the text is a whole number from 1 */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('A whole number from 1 was expected.')
  return count
}
