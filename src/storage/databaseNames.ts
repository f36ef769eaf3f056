/**
 * One database a study. Images that are opened without a study belong to the unnamed one, which is `present`; `before` is what the
 * versions before it kept all in: it is read and never changed, so that those still open it.
 */
export const databaseNames = { present: 'texel-2', before: 'texel' } as const

/** Of a page that presents; there never was one before. */
export const presenterNames = { present: 'texel-presenter', before: 'texel-presenter-before' } as const
