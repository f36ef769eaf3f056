import { z } from 'zod'

// The faster way of checking builds code from text, which the page's Content-Security-Policy forbids.
z.config({ jitless: true })

/** Zod as all of Texel takes it. */
export { z }
