/** Last in a study file, as `sha256sum -c` reads it. */
export const sumsName = 'SHA256SUMS'
/** Older programs count entries in 16 bits. */
export const mostEntries = 60_000
