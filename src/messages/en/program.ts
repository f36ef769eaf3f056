import type { Sentences } from '../sentences.ts'

/** An error of the program has its own words, for whoever mends it. */
export const program: Sentences<{ failed: { readonly words: string }; said: { readonly words: string } }> = {
  failed: ({ words }) => words,
  // A record that was read back.
  said: ({ words }) => words,
}
