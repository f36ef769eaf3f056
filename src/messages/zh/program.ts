import type { program as english } from '../en/program.ts'

/** Both have their own words: an error of the program for whoever mends it, a record that was read back as it was written. */
export const program: typeof english = {
  failed: ({ words }) => words,
  said: ({ words }) => words,
}
