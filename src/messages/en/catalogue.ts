import { io } from './io.ts'
import { kernels } from './kernels.ts'
import { numeric } from './numeric.ts'
import { program } from './program.ts'
import { state } from './state.ts'
import { storage } from './storage.ts'
import { study } from './study.ts'
import { workers } from './workers.ts'

/** Sentences of the session itself, by the step that says them: any screen may have to tell them. */
export const ofSession = { io, kernels, numeric, program, state, storage, study, workers }
