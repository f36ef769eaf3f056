import { numeric } from './numeric.ts'
import { program } from './program.ts'

/** Every sentence that the core, `io` and the workers have, by the step that says it. */
export const english = { numeric, program }
