/** Words of which a part stands out: what is before it, the part, and what is behind it. */
export type Marked = readonly [before: string, marked: string, after: string]
