/** The six forms, by psych's names. */
export const iccForms = ['ICC1', 'ICC2', 'ICC3', 'ICC1k', 'ICC2k', 'ICC3k'] as const
export type IccForm = (typeof iccForms)[number]

/** The names of Shrout and Fleiss (1979) and of McGraw and Wong (1996). */
export const iccNames: Readonly<Record<IccForm, { readonly shroutFleiss: string; readonly mcGrawWong: string }>> = {
  ICC1: { shroutFleiss: 'ICC(1,1)', mcGrawWong: 'ICC(1)' },
  ICC2: { shroutFleiss: 'ICC(2,1)', mcGrawWong: 'ICC(A,1)' },
  ICC3: { shroutFleiss: 'ICC(3,1)', mcGrawWong: 'ICC(C,1)' },
  ICC1k: { shroutFleiss: 'ICC(1,k)', mcGrawWong: 'ICC(k)' },
  ICC2k: { shroutFleiss: 'ICC(2,k)', mcGrawWong: 'ICC(A,k)' },
  ICC3k: { shroutFleiss: 'ICC(3,k)', mcGrawWong: 'ICC(C,k)' },
} // prettier-ignore
