import { programServer } from '../io/programServer.ts'
import { findLanguage } from '../messages/language.ts'
import { openDatabase } from '../storage/database.ts'
import { databaseNames, presenterNames } from '../storage/databaseNames.ts'
import { findStart } from '../storage/readStart.ts'
import { alignInWorker, mirrorInWorker, openProjection, subtractInWorker } from '../../workers/imagesInWorker.ts'
import { computeLater } from '../../workers/computeLater.ts'
import { compareInWorker } from '../../workers/compareInWorker.ts'
import { maskBridge } from '../../workers/maskBridge.ts'
import { openLabels } from '../../workers/openLabels.ts'
import { createPartBridge } from '../../workers/partBridge.ts'
import { listFiles, readFiles, saveImage, saveParts, saveSegmentation, saveStructures } from '../../workers/readFiles.ts'
import { simulateInWorker } from '../../workers/simulateInWorker.ts'
import { tablesLater } from '../../workers/tablesLater.ts'
import { chooseFile, chooseFolder } from './actions/chooseFile.ts'
import { downloadFile } from './actions/downloadFile.ts'
import { isPresenting } from './presenter.ts'
import { presentedSample } from './sampleCases.ts'
import { createSession, type Session } from './session.ts'
import type { SessionServices } from './sessionServices.ts'

/** The session of a page, with its workers and what its browser keeps. Once a page. */
export async function openSession(): Promise<Session> {
  const early: unknown[] = []
  let onNotCopied = (reason: unknown): void => void early.push(reason)
  const presents = isPresenting(location.search)
  const database = openDatabase(presents ? presenterNames : databaseNames, (reason) => onNotCopied(reason))
  const { start, problem } = await findStart(database, presents ? { getItem: () => null } : localStorage)
  const beginsAnew = presents && (await database.openedImages.count().catch(() => 0)) === 0
  const services: SessionServices = {
    version: __TEXEL_VERSION__,
    now: Date.now,
    server: programServer,
    browser: {
      database,
      start,
      ofTab: sessionStorage,
      otherTabs: new BroadcastChannel('texel'),
      serviceWorkers: import.meta.env.PROD
        ? (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker
        : undefined,
      locks: navigator.locks,
      storage: navigator.storage,
      fetchFile: (path) => fetch(path),
      download: downloadFile,
      chooseFolder: 'showDirectoryPicker' in window ? chooseFolder : undefined,
      chooseFile: 'showSaveFilePicker' in window ? chooseFile : undefined,
      reload: () => location.reload(),
      isPresenting: presents,
    },
    workers: {
      readFiles: (files, options) => readFiles(files, { ...options, channels: 'masks' }),
      listFiles,
      openProposal: async (images) => (await import('../../workers/proposeInWorker.ts')).openProposal(images),
      saveImage,
      saveParts,
      saveSegmentation,
      saveStructures,
      openLabels,
      compareMasks: compareInWorker,
      align: alignInWorker,
      subtract: subtractInWorker,
      mirror: mirrorInWorker,
      openProjection,
      simulateStudy: simulateInWorker,
      openTeacher: async () => (await programServer.load(() => import('../../workers/teachInWorker.ts'))).teachInWorker,
      masks: maskBridge,
      parts: createPartBridge(),
      ...tablesLater(),
      compute: computeLater(__TEXEL_VERSION__),
      openBatchHost: async () => (await import('../../workers/batchHost.ts')).openBatchHost(__TEXEL_VERSION__),
    },
  }
  const session = createSession(services)
  onNotCopied = session.tellNotTakenOver
  early.forEach(onNotCopied)
  if (problem !== undefined) session.tellNotFound(problem)
  await session.languageStore.getState().begin(start.language ?? findLanguage(navigator.languages))
  if (beginsAnew) void session.openSample(presentedSample)
  return session
}
