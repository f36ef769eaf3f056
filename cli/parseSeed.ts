import { InvalidArgumentError } from 'commander'

/** @throws InvalidArgumentError unless the text is a whole number from 0 that numbers tell exactly */
export function parseSeed(text: string): number {
  const seed = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(seed) || seed < 0)
    throw new InvalidArgumentError('A whole number from 0 was expected.')
  return seed
}
