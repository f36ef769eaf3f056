/** The present database, and that of the versions before it: it is read and never changed, so that those still open it. */
export const databaseNames = { present: 'texel-2', before: 'texel' } as const
