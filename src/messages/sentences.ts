/** A room's sentences in one language: one for each of its codes, made from the values that this code has. */
export type Sentences<Codes extends object> = { readonly [Code in keyof Codes]: (values: Codes[Code]) => string }
