import type { Sentences } from '../sentences.ts'

/** An error of the program has its own words, for whoever mends it. */
export const program: Sentences<{ failed: { readonly words: string } }> = { failed: ({ words }) => words }
