/** `1 case`, `2 cases`. */
export const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
