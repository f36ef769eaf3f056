import type { Protocol } from '../../src/core/protocol/protocol.ts'
import { createBrowserStatisticsBridge } from '../../workers/browserStatistics.ts'
import { listBits } from './listBits.ts'
import { toStudyData, type PlainStudy } from './plainStudy.ts'

/** The statistics as a page runs them, for the test alone: it is built and served by the test, and is no part of the app. */
async function runStudy(study: PlainStudy, protocol: Protocol, workers: number): Promise<string[]> {
  const bridge = createBrowserStatisticsBridge(workers)
  try {
    return listBits(await bridge.analyse(toStudyData(study), protocol))
  } finally {
    bridge.close()
  }
}

export type RunStudy = typeof runStudy

Object.assign(window, { runStudy })
