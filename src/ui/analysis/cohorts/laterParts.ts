import { laterPart } from '../../shared/laterPart.tsx'

/** Brings the tests of Table 1 and their distributions. */
export const Table1Card = laterPart(() => import('./Table1Card.tsx').then((file) => file.Table1Card))
