import { proposeStudy } from '../core/cohort/proposal/proposeStudy.ts'
import { vi } from 'vitest'
import { openDatabase } from '../storage/database.ts'
import { freshStart } from '../storage/readStart.ts'
import type { Database } from '../storage/schema.ts'
import { madeVolume } from './actions/madeVolumes.ts'
import { createSession, type Session } from './session.ts'
import type { SessionServices } from './sessionServices.ts'

/* Test support. */

const notCalled = () => {
  throw new Error('Nobody asked for this.')
}

export interface MadePage {
  readonly session: Session
  readonly database: Database
  readonly told: unknown[]
  fromOtherTab(data: unknown): void
  readonly reload: () => void
}

/** A page without a browser and without workers, whose other tabs the test speaks for. */
export function openMadePage(
  readFiles: SessionServices['workers']['readFiles'] = async function* () {
    yield { volume: madeVolume('T1'), warnings: [], isMask: false, files: [] }
  },
  listFiles: SessionServices['workers']['listFiles'] = async () => ({ images: [], masks: [], leftOut: [], pattern: undefined, records: [] }),
  sheet: SessionServices['workers']['study']['sheet'] = notCalled,
): MadePage {
  const database = openDatabase({ present: 'session test', before: 'before session test' })
  const told: unknown[] = []
  const listeners: ((event: { data: unknown }) => void)[] = []
  const memory = () => ({ getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
  const reload = vi.fn()
  const services: SessionServices = {
    version: '1.2.3',
    now: () => 1000,
    server: { ask: async () => true, describe: notCalled },
    browser: {
      database,
      start: freshStart,
      ofTab: memory(),
      otherTabs: {
        postMessage: (data: unknown) => void told.push(data),
        addEventListener: (_, listener) => void listeners.push(listener),
      },
      serviceWorkers: undefined,
      locks: undefined,
      storage: undefined,
      fetchFile: notCalled,
      download: notCalled,
      reload,
      isPresenting: false,
    },
    workers: {
      readFiles,
      listFiles,
      openProposal: async (images) => ({ propose: async (options) => proposeStudy(images, options), close: () => undefined }),
      saveImage: notCalled,
      saveParts: notCalled,
      saveSegmentation: notCalled,
      saveStructures: notCalled,
      openLabels: () => Promise.reject(new Error('No worker here.')),
      compareMasks: notCalled,
      align: notCalled,
      subtract: notCalled,
      mirror: notCalled,
      openProjection: notCalled,
      simulateStudy: notCalled,
      openTeacher: notCalled,
      masks: { run: notCalled, startContour: notCalled },
      parts: { grow: notCalled, measure: async () => Promise.reject(new Error('No worker here.')), mesh: notCalled },
      scores: { look: notCalled, check: notCalled, evaluate: notCalled, classify: notCalled },
      study: { look: notCalled, check: notCalled, read: notCalled, sheet, plan: notCalled, analyse: notCalled, judge: notCalled, describe: notCalled },
      apply: { check: notCalled, score: notCalled },
      openBatchHost: notCalled,
      compute: { extract: notCalled, countGreyLevels: notCalled, workerCount: () => 0 },
    },
  }
  const fromOtherTab = (data: unknown) => listeners.forEach((listener) => listener({ data }))
  return { session: createSession(services), database, told, fromOtherTab, reload }
} // prettier-ignore
