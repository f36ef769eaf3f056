import { createStore } from 'zustand/vanilla'
import { orderByTime } from '../core/cohort/orderByTime.ts'
import type { LesionId } from '../core/study/study.ts'
import { ageOfTable, type TableAge } from '../core/study/tableAge.ts'
import { programServer } from '../io/programServer.ts'
import { keepLoaded } from '../io/keepLoaded.ts'
import { referenceOf } from '../io/dicom/referenceImage.ts'
import { createAnswerStore } from '../storage/answerStore.ts'
import { createDeletedMaskStore } from '../storage/deletedMasks.ts'
import { createCurveStore } from '../storage/curveStore.ts'
import { createDraftStore } from '../storage/draftStore.ts'
import { imageKey } from '../storage/imageKey.ts'
import { createLabelStore } from '../storage/labelStore.ts'
import { createLesionStore } from '../storage/lesionStore.ts'
import { createMaskStore, withRoom } from '../storage/maskStore.ts'
import { createOldRegions } from '../storage/oldRegions.ts'
import { createOpenedStore } from '../storage/openedStore.ts'
import type { KeptScoreTable, KeptTable } from '../storage/schema.ts'
import type { KeepSetting } from '../storage/settings.ts'
import { createPatientRecordStore } from '../storage/patientRecordStore.ts'
import { createStudyRecordStore } from '../storage/studyRecordStore.ts'
import { createTableStore } from '../storage/tableStore.ts'
import { createTablesInHand } from '../storage/tablesInHand.ts'
import { gridPlanes, startWindow } from '../viewer/index.ts'
import { createAlign } from './actions/align.ts'
import { createAddLesion } from './actions/addLesion.ts'
import { createAnswerMaskQuestion } from './actions/answerMaskQuestion.ts'
import { createCompareReaders } from './actions/compareReaders.ts'
import { createEraser } from './actions/erasePatient.ts'
import { createExtract } from './actions/extract.ts'
import { createForget } from './actions/forgetEverything.ts'
import { createFormatAllTables } from './actions/formatAllTables.ts'
import { createOpenFiles } from './actions/openFiles.ts'
import { createOpenImage } from './actions/openImage.ts'
import { createOpenPatient } from './actions/openPatient.ts'
import { createOpenSample } from './actions/openSample.ts'
import { createOpenSampleStudy } from './actions/openSampleStudy.ts'
import type { TableQuestion } from './actions/openTable.ts'
import { createMirror } from './actions/mirror.ts'
import { createOpenViews } from './actions/openViews.ts'
import { createPlayPhases } from './actions/playPhases.ts'
import { createRemoveVolume } from './actions/removeVolume.ts'
import { createReviewMask } from './actions/reviewMask.ts'
import { createSaveStore } from './actions/saveMask.ts'
import { createShowLayers } from './actions/showLayers.ts'
import { createShowSecond } from './actions/showSecond.ts'
import { createSubtraction } from './actions/subtraction.ts'
import { createStepLesion } from './actions/stepLesion.ts'
import { createSwitchImage } from './actions/switchImage.ts'
import { createApplyStore, isModelFile } from './analysis/apply.ts'
import { createOwnStudyStore } from './analysis/ownStudy.ts'
import { createScoresStore } from './analysis/scores.ts'
import { createStudyStore } from './analysis/study.ts'
import { analysisSteps } from './analysis/studySteps.ts'
import { createAppearanceStore } from './appearance.ts'
import { createBatchState } from './batch/batchState.ts'
import { createAlignmentStore, moveBetween } from './alignments.ts'
import { createBrowserKeepingStore } from './browserKeeping.ts'
import { createTabClaims } from './claimTab.ts'
import { createComparisonStore } from './comparison.ts'
import { createContourStore } from './contour.ts'
import { createCopyStore } from './copyRoi.ts'
import { createCurvesStore } from './curves.ts'
import { createDecodedImages } from './decodedImages.ts'
import { createDeletionsStore } from './deletions.ts'
import { createDraftsStore } from './drafts.ts'
import { createDrawOverStore } from './drawOver.ts'
import { createDynamicStore } from './dynamic.ts'
import { createEnhancementStore } from './enhancement.ts'
import { createFoldersStore } from './folders.ts'
import { createExtractionStore, type ExtractionState } from './extraction.ts'
import { createGreyLevelStore } from './greyLevels.ts'
import { createGrowthStore } from './growth.ts'
import { createHandStore } from './hand.ts'
import { createImagesStore, type ImagesStore, type NamedFile } from './images.ts'
import { keepParameters } from './keptParameters.ts'
import { createLanguageStore } from './language.ts'
import { createLayoutStore } from './layout.ts'
import { createLessonsStore } from './learn/lessons.ts'
import { createLesionsStore } from './lesions.ts'
import { createMaskOperationStore } from './maskOperation.ts'
import { createMaskReviewStore } from './maskReview.ts'
import { createMeasuresStore } from './measures.ts'
import { askWorker, createOfflineStore, isOfflineMessage } from './offline.ts'
import { createOpenedImagesStore } from './opened.ts'
import { listImagesOfPatient, listPhasesOfVisit, nameRegion, patientIdentity } from './patientImages.ts'
import { createOtherLesionsStore } from './otherLesions.ts'
import { createPatientsStore, findPatient } from './patients.ts'
import { applyChosenOrder, createPhasesStore, phaseId } from './phases.ts'
import { createReadersStore } from './readers.ts'
import type { OpenRoi } from './region.ts'
import type { RoiState, RoiStore } from './roi.ts'
import { createRoiStore } from './roi/createRoiStore.ts'
import { createSaveAllStore } from './saveAllRois.ts'
import { createScreenStore } from './screen.ts'
import { createSecondStore } from './second.ts'
import { createSeedsStore } from './seeds.ts'
import { createShownLayersStore } from './shownLayers.ts'
import { findSeries } from './seriesInHand.ts'
import type { SessionServices } from './sessionServices.ts'
import type { StudyCopier } from './studyCopier.ts'
import { createAutoCopyStore, createStudyCopyStore } from './studyCopy.ts'
import { createStudyImportStore } from './studyImport.ts'
import { createStudyPlanStore } from './studyPlan.ts'
import { createTablesStore } from './tables.ts'
import { whyNotDraw } from './whyNotDraw.ts'
import { mayReload } from './wouldLose.ts'
import { createWorkListStore, type WorkListStore } from './workList.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { loadLanguage } from '../messages/language.ts'
import { told } from './messages.ts'

const stepOfTab = 'texel.screen'

/** The stores of a page and what a person does with them; screens get it by `useSession`. */
export type Session = ReturnType<typeof createSession>

/** Wires the stores of a page to what it computes and keeps with. */
export function createSession({ version, now, browser, workers, server }: SessionServices) {
  const { database, start } = browser
  const answers = createAnswerStore(database)
  const tellSettingNotKept = (reason: unknown) => tell(told('settings-not-kept', { reason: messageOf(reason) }))
  const keepSetting: KeepSetting = (name, value) => void answers.put(name, value).catch(tellSettingNotKept)
  const handStore = createHandStore(start, keepSetting)
  const screenStore = createScreenStore()
  const appearanceStore = createAppearanceStore(start, keepSetting)
  const languageStore = createLanguageStore({
    load: (language) => programServer.load(() => loadLanguage(language)),
    keep: (language) => keepSetting('language', language),
    tellNotLoaded: (error) => tell(messageOf(error)),
  })
  const lessonsStore = createLessonsStore(answers, tellSettingNotKept)
  void lessonsStore.getState().resume()
  const layoutStore = createLayoutStore(start, keepSetting)
  const secondStore = createSecondStore()
  const enhancementStore = createEnhancementStore()
  const readersStore = createReadersStore(start, {
    choose: (reader) => keepSetting('reader', reader),
    rename: (id, name) => void createStudyRecordStore(database).renameReader(id, name).catch(tellSettingNotKept),
  })
  const alignmentStore = createAlignmentStore(start.alignments, (change) => {
    answers.change('alignments', (before) => change((before ?? {}) as typeof start.alignments)).catch(tellSettingNotKept)
  })
  const comparisonStore = createComparisonStore(workers.compareMasks)
  const imagesStore: ImagesStore = createImagesStore((files, options) =>
    workers.readFiles(files, {
      ...options,
      references: imagesStore.getState().volumes.flatMap(({ volume }) => referenceOf(volume) ?? []),
    }),
  )

  const tell = (notice: Message) => roiStore.getState().tell(notice)
  const tellNotTakenOver = (reason: unknown) => tell(told('rois-not-taken-over', { reason: messageOf(reason) }))
  const tellNotFound = (reason: unknown) => tell(told('settings-not-found', { reason: messageOf(reason) }))
  const oldRegions = createOldRegions(database)

  const phasesStore = createPhasesStore({
    answers,
    onNotKept: (reason) => tell(told('phases-not-kept', { reason: messageOf(reason) })),
  })
  const patientsStore = createPatientsStore({
    images: imagesStore,
    contentOf: (volume) => patientIdentity(volume)?.file ?? imageKey(volume),
    labelInStudy(volume) {
      const identity = patientIdentity(volume)
      return identity && workListStore.getState().importedLabels.get(identity.image)
    },
    answers: createAnswerStore(database, 'patientAnswers'),
    labels: createLabelStore(database),
    onNotKept: (reason) => tell(told('patients-not-kept', { reason: messageOf(reason) })),
    order: (images) =>
      applyChosenOrder(
        orderByTime(images, ({ volume }) => volume),
        phasesStore.getState().choices,
        ({ volume }) => phaseId(volume),
      ),
  })
  phasesStore.subscribe(() => patientsStore.getState().reorder())
  const lesionsStore = createLesionsStore({
    store: createLesionStore(database),
    patients: patientsStore,
    onNotKept: (reason) => tell(told('lesions-not-kept', { reason: messageOf(reason) })),
  })
  const nameOf = (region: Pick<OpenRoi, 'imageId' | 'reader' | 'lesion'>) => nameRegion(patientsStore.getState(), region)
  const openId = () => roiStore.getState().open?.imageId
  const listImages = () => listImagesOfPatient(patientsStore.getState(), openId())
  const listPhases = () => listPhasesOfVisit(patientsStore.getState(), openId())

  const endStroke = () => handStore.getState().viewer?.endStroke()
  const masks = withRoom(createMaskStore(database), () => openedStore.getState().makeRoom())
  const deletionsStore = createDeletionsStore({
    store: createDeletedMaskStore(database),
    now,
    onBack: () => void roiStore.getState().lookAgain(),
    onRemoved: () => {
      const { keeping, keepAgain } = roiStore.getState()
      if (keeping.status === 'failed') void keepAgain()
    },
    announce: () => browser.otherTabs.postMessage('deletions'),
  })
  const claims = createTabClaims(browser.locks)
  const roiStore: RoiStore = createRoiStore({
    readers: readersStore,
    now,
    masks,
    claims,
    deletions: deletionsStore,
    nameRegion: (region) => (findPatient(patientsStore.getState(), region.imageId) ? nameOf(region) : null),
    whyNotDraw: (region, otherProgress) =>
      whyNotDraw(workListStore.getState(), readersStore.getState().study, region, otherProgress),
    oldRegions,
    lesionOf: (imageId) => lesionsStore.getState().inHandOf(imageId),
    chooseLesion: (imageId, lesion) => lesionsStore.getState().choose(imageId, lesion),
    endStroke,
  })
  /** Created before the images that come back are read, which all of the above watch. */
  const openedStore = createOpenedImagesStore(imagesStore, createOpenedStore(database), now)
  const tablesStore = createTablesStore(createTableStore(database), (reason) =>
    tell(told('tables-not-kept', { reason: messageOf(reason) })),
  )
  const workListStore: WorkListStore = createWorkListStore({
    store: createPatientRecordStore(database),
    images: imagesStore,
    patients: patientsStore,
    readers: readersStore,
    roi: roiStore,
    tables: tablesStore,
    lesions: lesionsStore,
    now,
    onNotKept: (reason) => tell(told('study-not-kept', { reason: messageOf(reason) })),
  })
  const decoded = createDecodedImages({ images: imagesStore, roi: roiStore })
  // What is read beyond what memory has room for is read again when it is wanted.
  imagesStore.subscribe(({ volumes }, before) => {
    const news = volumes.filter((found) => !before.volumes.includes(found)).map(({ id }) => id)
    if (news.length > 0) decoded.use(news, [])
  })
  // The list says which images have an ROI of an earlier version before they are opened.
  imagesStore.subscribe(({ volumes }, before) => {
    for (const found of volumes)
      if (found.kind === 'image' && !before.volumes.includes(found))
        oldRegions.adopt(found.volume).then((isAny) => (isAny ? roiStore.getState().listKept() : undefined), tellNotTakenOver)
  })
  patientsStore.subscribe(() => void roiStore.getState().nameAgain())
  /** Once somebody draws, not before: a page that is only looked at asks for nothing. */
  const browserKeepingStore = createBrowserKeepingStore(browser.storage)
  roiStore.subscribe(({ open, undoCount }, before) => {
    if (open === before.open && undoCount > before.undoCount) void browserKeepingStore.getState().ask()
  })

  const { openImage, showImage } = createOpenImage({
    images: imagesStore,
    roi: roiStore,
    second: secondStore,
    screen: screenStore,
  })
  const saveStore = createSaveStore({
    roi: roiStore,
    lesions: lesionsStore,
    nameRegion: nameOf,
    saveImage: workers.saveImage,
    saveSegmentation: workers.saveSegmentation,
    saveStructures: workers.saveStructures,
    download: browser.download,
    version,
  })
  const saveAllStore = createSaveAllStore({
    masks,
    roi: roiStore,
    findImage: ({ image, reader, lesion }) => {
      const found = imagesStore.getState().volumes.find(({ kind, volume }) => kind === 'image' && imageKey(volume) === image)
      if (!found) return undefined
      const { size, spacingMm, originMm, direction } = found.volume
      return { grid: { size, spacingMm, originMm, direction }, called: nameOf({ imageId: found.id, reader, lesion }) }
    },
    writeParts: workers.saveParts,
    now: () => new Date(now()),
  })
  const draftsStore = createDraftsStore(createDraftStore(database), (reason) =>
    tell(told('polygon-not-kept', { reason: messageOf(reason) })),
  )
  const copyStore = createCopyStore({
    roi: roiStore,
    openLabels: workers.openLabels,
    moveBetween: (moved, onto) => moveBetween(alignmentStore.getState().moves, moved, onto),
    openImage,
  })
  const otherLesionsStore = createOtherLesionsStore({
    roi: roiStore,
    lesions: lesionsStore,
    onUnread: (reason) => tell(messageOf(reason)),
  })
  const drawOverStore = createDrawOverStore(start, { roi: roiStore, otherLesions: otherLesionsStore, keep: keepSetting })
  const maskOperationStore = createMaskOperationStore(workers.masks, roiStore, drawOverStore)
  const contourStore = createContourStore(roiStore, maskOperationStore)
  const seedsStore = createSeedsStore(roiStore, endStroke)
  const growthStore = createGrowthStore({
    roi: roiStore,
    drawOver: drawOverStore,
    grow: workers.parts.grow,
    levelSpan: (image) => startWindow(image).width,
    sliceAxis: (image, plane) => gridPlanes(image.direction)[plane].through.axis,
  })
  const measuresStore = createMeasuresStore({
    roi: roiStore,
    measure: workers.parts.measure,
  })

  const extractionStore = createExtractionStore(workers.compute.extract, now)
  keepParameters(extractionStore, answers, (reason) => tell(told('parameters-not-kept', { reason: messageOf(reason) })))
  const greyLevelStore = createGreyLevelStore(workers.compute.countGreyLevels)
  const curvesStore = createCurvesStore(start.curve, {
    store: createCurveStore(database),
    keepOptions: (options) => keepSetting('curve', options),
    now,
    onNotKept: (reason) => tell(told('curves-not-kept', { reason: messageOf(reason) })),
  })
  extractionStore.subscribe(({ run }, before) => {
    if (run.status !== 'done' || run === before.run) return
    const { about, result, seconds, parameters, parametersName } = run
    const table = {
      ...about,
      featureCount: result.features.length,
      isPartial: result.partial,
      warnings: result.warnings,
      seconds,
      parameters,
      parametersName,
    }
    void tablesStore.getState().keep({ ...table, savedAt: now(), program: version }, result)
  })
  // Another region in hand: its own table is seen again.
  roiStore.subscribe(({ open }, before) => {
    if (open?.key !== before.open?.key) tablesStore.getState().choose(null)
  })

  const maskReviewStore = createMaskReviewStore(
    workers.openLabels,
    () => extractionStore.getState().parameters.settings.geometryTolerance,
  )
  // It was to be laid on the region that was in hand, and for its reader.
  roiStore.subscribe(({ open }, before) => {
    if (open !== before.open) maskReviewStore.getState().dismiss()
  })
  // A mask under review is judged anew by a tolerance that was changed meanwhile.
  extractionStore.subscribe(({ parameters: { settings } }, before) => {
    const { proposal, propose } = maskReviewStore.getState()
    if (!proposal || settings.geometryTolerance === before.parameters.settings.geometryTolerance) return
    const { maskId, name, mask, image, label } = proposal
    void propose(maskId, name, mask, image, label ?? undefined)
  })

  const toPatients = createOpenPatient({
    images: imagesStore,
    roi: roiStore,
    readers: readersStore,
    second: secondStore,
    screen: screenStore,
    workList: workListStore,
    decoded,
    openImage,
    whenLooked: () => looking,
  })
  const review = createReviewMask({
    images: imagesStore,
    roi: roiStore,
    extraction: extractionStore,
    maskReview: maskReviewStore,
    screen: screenStore,
  })
  const { reviewMask, acceptProposal } = review
  const changeLesions = async () => {
    const { createChangeLesions } = await programServer.load(() => import('./actions/changeLesions.ts'))
    const stores = { roi: roiStore, lesions: lesionsStore, patients: patientsStore, readers: readersStore }
    return createChangeLesions({ ...stores, deletions: deletionsStore, now })
  }
  const acceptEachLabel = async () => {
    const { createLayEachLabel } = await programServer.load(() => import('./actions/layEachLabel.ts'))
    await createLayEachLabel({
      roi: roiStore,
      lesions: lesionsStore,
      maskReview: maskReviewStore,
      openLabels: (mask) => workers.openLabels(mask, new AbortController().signal),
      channels: review.channelsUnderReview,
      imageKeys: () => new Set(listImages().map(({ found }) => imageKey(found.volume))),
    })()
  }
  const studyImportStore = createStudyImportStore()
  const foldersStore = createFoldersStore()
  const studyImporter = keepLoaded(async () => {
    const [{ createStudyImporter }, { createImportStore }] = await Promise.all([
      import('./importing/importStudy.ts'),
      import('../storage/importStore.ts'),
    ])
    return createStudyImporter({
      store: studyImportStore,
      folders: foldersStore,
      kept: createImportStore(database),
      records: createPatientRecordStore(database),
      images: imagesStore,
      roi: roiStore,
      readers: readersStore,
      screen: screenStore,
      workList: workListStore,
      lesions: lesionsStore,
      // Structure sets are drawn on the series of images, open or not.
      readFiles: (files, options) => {
        const { asleep, volumes } = imagesStore.getState()
        const references = [...asleep, ...volumes].flatMap(({ volume }) => referenceOf(volume) ?? [])
        return workers.readFiles(files, { ...options, references })
      },
      openLabels: (mask) => workers.openLabels(mask, new AbortController().signal),
      listFiles: workers.listFiles,
      openProposal: workers.openProposal,
      now,
      version,
    })
  }).get
  const studyPlanStore = createStudyPlanStore()
  const studyPlanner = keepLoaded(async () => {
    const [{ createStudyPlanner }, kept] = await Promise.all([
      import('./studyPlanner.ts'),
      import('../storage/studyPlanStore.ts'),
    ])
    return createStudyPlanner({
      store: studyPlanStore,
      kept: kept.createStudyPlanStore(database),
      workList: workListStore,
      readers: readersStore,
      readSheet: workers.study.sheet,
      now,
    })
  }).get
  // A study of an earlier visit: its folders may be read again, or have to be connected.
  let looking: Promise<unknown> = Promise.resolve()
  const reloadToStudy = () => {
    browser.ofTab.setItem(stepOfTab, 'study')
    browser.reload()
  }
  const stopLooking = workListStore.subscribe(({ importedLabels, records }) => {
    if (!records) return
    stopLooking()
    if (importedLabels.size === 0) return
    if (browser.ofTab.getItem(stepOfTab) === 'study' && screenStore.getState().screen === 'images')
      screenStore.getState().show('study')
    looking = studyImporter()
      .then(({ lookAtFolders }) => lookAtFolders())
      .catch((error: unknown) => tell(told('study-not-kept', { reason: messageOf(error) })))
  })
  const openStudy = async (files: readonly NamedFile[]) => {
    try {
      return await (await studyImporter()).open(files)
    } catch (error) {
      imagesStore.getState().addProblem({ path: files[0].path, reason: messageOf(error) })
      return true
    }
  }
  const studyCopyStore = createStudyCopyStore()
  const autoCopyStore = createAutoCopyStore()
  const readSaved = async () => (await import('../storage/savedElsewhere.ts')).readSaved(database)
  const studyCopier = keepLoaded(async () => {
    const [{ createStudyCopier }, { createStudyFileStore }, { noteSaved }, { createCopyFolderStore }] = await Promise.all([
      import('./studyCopier.ts'),
      import('../storage/studyFileStore.ts'),
      import('../storage/savedElsewhere.ts'),
      import('../storage/copyFolder.ts'),
    ])
    return createStudyCopier({
      store: studyCopyStore,
      kept: createStudyFileStore(database),
      auto: autoCopyStore,
      folder: createCopyFolderStore(database),
      readSaved,
      chooseFolder: browser.chooseFolder,
      noteSaved: (name, saved) => noteSaved(database, name, saved),
      roi: roiStore,
      images: imagesStore,
      openHost: workers.openBatchHost,
      version,
      now,
      chooseFile: browser.chooseFile,
      download: (name, file) => browser.download(name, file, file.type),
      linkImages: async (...of) => (await studyImporter()).linkStudyFile(...of),
      reload: reloadToStudy,
    })
  }).get
  /** Where a person chose a folder for copies, they go there by themselves: now and then, and when a region is done. */
  const startCopying = async () => {
    const { createCopyFolderStore } = await import('../storage/copyFolder.ts')
    if (await createCopyFolderStore(database).get()) (await studyCopier()).startCopying()
  }
  const isDone = (status: RoiState['statuses'][string]) => status.progress === 'complete' || status.progress === 'locked'
  roiStore.subscribe(({ statuses }, before) => {
    if (statuses === before.statuses || autoCopyStore.getState().status === 'off') return
    const news = Object.entries(statuses).filter(([key, status]) => status !== before.statuses[key])
    // What goes wrong with a copy is told by its store.
    if (news.some(([, status]) => isDone(status))) void studyCopier().then(({ copyByItself }) => copyByItself())
  })
  const withCopier = async (act: (copier: StudyCopier) => Promise<void>) => {
    studyCopyStore.setState({ status: 'looking' }, true)
    try {
      await act(await studyCopier())
    } catch (error) {
      studyCopyStore.setState({ status: 'failed', what: 'save', reason: messageOf(error) }, true)
    }
  }
  const openStudyFile = (file: File, handle?: FileSystemFileHandle) => withCopier((copier) => copier.open(file, handle))
  const opening = {
    openStudyFile,
    images: imagesStore,
    roi: roiStore,
    screen: screenStore,
    openImage,
    showImage,
    reviewMask,
    openStudy,
  }
  const files = createOpenFiles(opening)
  const dynamicStore = createDynamicStore()
  const series = { listPhases, phases: phasesStore, workList: workListStore }
  const { mirroredSecond, ...mirror } = createMirror({
    dynamic: dynamicStore,
    roi: roiStore,
    second: secondStore,
    mirror: workers.mirror,
  })
  const showSecond = createShowSecond({ roi: roiStore, second: secondStore, listImages, mirroredSecond })
  const subtraction = createSubtraction({
    dynamic: dynamicStore,
    images: imagesStore,
    roi: roiStore,
    second: secondStore,
    alignments: alignmentStore,
    findSeries: (image) => findSeries(series, image),
    openImage,
    subtract: workers.subtract,
  })
  const { forgottenElsewhere, ...forget } = createForget({
    deletions: deletionsStore,
    server,
    announce: () => browser.otherTabs.postMessage('forget'),
    tabStorage: browser.ofTab,
    reload: browser.reload,
    now,
  })
  browser.otherTabs.addEventListener('message', ({ data }) => {
    if (data === 'forget') forgottenElsewhere()
    else if (isOfflineMessage(data)) void offline.hear(data)
    else {
      void deletionsStore.getState().look()
      void roiStore.getState().lookAgain()
    }
  })

  const shownLayersStore = createShownLayersStore({
    roi: roiStore,
    maskReview: maskReviewStore,
    comparison: comparisonStore,
    maskOperation: maskOperationStore,
    growth: growthStore,
    seeds: seedsStore,
    contour: contourStore,
    second: secondStore,
    alignments: alignmentStore,
    enhancement: enhancementStore,
    phases: phasesStore,
    patients: patientsStore,
    otherLesions: otherLesionsStore,
    secondImage: showSecond.secondImage,
    listPhases,
  })
  // A mask that is looked at, and the region after it, lie where a growth was previewed.
  maskReviewStore.subscribe(({ proposal }, before) => {
    if (proposal?.region !== before.proposal?.region) growthStore.getState().discard()
  })

  const batchStore = createBatchState()
  const openBatch = keepLoaded(() =>
    programServer.load(async () => {
      const [{ createBatch }, { createBatchStore }] = await Promise.all([
        import('./batch/createBatch.ts'),
        import('../storage/batchStore.ts'),
      ])
      return createBatch({
        store: batchStore,
        kept: createBatchStore(database),
        masks,
        keptTables: createTableStore(database),
        tables: tablesStore,
        workList: workListStore,
        images: imagesStore,
        extraction: extractionStore,
        readers: readersStore,
        openHost: workers.openBatchHost,
        claims: createTabClaims(browser.locks, 'batch'),
        now,
        version,
      })
    }),
  ).get

  const scoreClaims = createTabClaims(browser.locks, 'scores')
  /** The tab that had the table first keeps it; another one has its own until it is closed. */
  const isOwnTable = () => scoreClaims.claim('in hand', () => {})
  const scoresInHand = createTablesInHand<Omit<KeptScoreTable, 'file'>>(database, 'scores')
  const scoresStore = createScoresStore(workers.scores, now, {
    async find() {
      const found = await scoresInHand.find()
      return found && (await isOwnTable()) ? { ...found.said, file: found.files[0]! } : undefined
    },
    keep: async ({ file, ...said }) =>
      void ((await isOwnTable()) && (await scoresInHand.keep({ key: 'scores', ...said }, [file]))),
    forget: async () => {
      if (await isOwnTable()) await scoresInHand.forget()
      scoreClaims.release()
    },
  })
  const studyStore = createStudyStore(
    workers.study,
    {
      isAny: async () => (await database.analyses.get('study')) !== undefined,
      open: async () => (await import('../storage/analysisStore.ts')).createAnalysisStore(database),
    },
    now,
    createTabClaims(browser.locks, 'study'),
  )
  const ownStudyStore = createOwnStudyStore()
  const ownStudyActions = keepLoaded(() =>
    programServer.load(async () => {
      const [{ createOwnStudyActions }, kept] = await Promise.all([
        import('./analysis/ownStudyActions.ts'),
        import('../storage/studyPlanStore.ts'),
      ])
      return createOwnStudyActions({
        store: ownStudyStore,
        study: studyStore,
        kept: kept.createStudyPlanStore(database),
        workList: workListStore,
        extraction: extractionStore,
        openBatch,
        version,
      })
    }),
  ).get
  const applyStore = createApplyStore()
  const applyActions = keepLoaded(() =>
    programServer.load(async () => {
      const { createApplyActions } = await import('./analysis/applyActions.ts')
      return createApplyActions({
        store: applyStore,
        host: workers.apply,
        scores: scoresStore,
        screen: screenStore,
        readers: readersStore,
        openBatch,
      })
    }),
  ).get
  const resumeStudy = () =>
    studyStore
      .getState()
      .resume()
      .catch((reason: unknown) => tell(told('analysis-not-kept', { reason: messageOf(reason) })))
  // A page that is opened again is where it was.
  const lastStep = analysisSteps.find(({ screen }) => screen === browser.ofTab.getItem(stepOfTab))?.screen
  const resume = async () => {
    await scoresStore.getState().resume()
    // Scores are shown before a study until they are closed.
    if (!scoresStore.getState().table) await resumeStudy()
  }
  void resume().then(() => {
    const hasTable = (lastStep === 'evaluate' || lastStep === 'report') && scoresStore.getState().table !== null
    if (lastStep && (hasTable || studyStore.getState().study) && screenStore.getState().screen === 'images')
      screenStore.getState().show(lastStep)
    screenStore.subscribe(({ screen }) => browser.ofTab.setItem(stepOfTab, screen))
  })
  // One analysis at a time: the table that was opened last.
  scoresStore.subscribe(({ table }, before) => {
    if (table && !before.table) studyStore.getState().setAside()
    if (!table && before.table) void resumeStudy()
  })
  studyStore.subscribe(({ door }, before) => {
    if (door && !before.door) scoresStore.getState().close()
  })

  const tableQuestion = createStore<TableQuestion>()(() => ({ file: null }))
  const tableOpener = async () => {
    const { createOpenTable } = await import('./actions/openTable.ts')
    return createOpenTable({ scores: scoresStore, study: studyStore, screen: screenStore, question: tableQuestion, look: workers.study.look }) // prettier-ignore
  }

  const losable = { roiStore, saveStore, imagesStore, openedStore, extractionStore, studyStore, saveAllStore, batchStore }
  const offline = createOfflineStore({
    container: browser.serviceWorkers,
    isWhole: askWorker,
    announce: (message) => browser.otherTabs.postMessage(message),
    mayReload: () => mayReload(losable),
    reload: browser.reload,
  })

  return {
    handStore,
    screenStore,
    appearanceStore,
    languageStore,
    secondStore,
    enhancementStore,
    dynamicStore,
    layoutStore,
    readersStore,
    alignmentStore,
    comparisonStore,
    imagesStore,
    phasesStore,
    patientsStore,
    deletionsStore,
    roiStore,
    openedStore,
    browserKeepingStore,
    saveStore,
    saveAllStore,
    draftsStore,
    drawOverStore,
    copyStore,
    maskOperationStore,
    contourStore,
    seedsStore,
    growthStore,
    measuresStore,
    curvesStore,
    extractionStore,
    greyLevelStore,
    tablesStore,
    batchStore,
    workListStore,
    lesionsStore,
    lessonsStore,
    /** What computes for the playground and the lessons. */
    openTeacher: workers.openTeacher,
    otherLesionsStore,
    studyImportStore,
    studyCopyStore,
    studyCopier,
    readSaved,
    startCopying,
    autoCopyStore,
    erasePatient: createEraser({
      database,
      claims,
      images: imagesStore,
      roi: roiStore,
      announce: () => browser.otherTabs.postMessage('deletions'),
    }),
    /** Everything on the page is of the study as it was: it is loaded again, with the study in front. */
    reloadToStudy,
    openStudyFile,
    askStudyCopy: () => void withCopier((copier) => copier.look()),
    studyPlanStore,
    foldersStore,
    maskReviewStore,
    shownLayersStore,
    scoresStore,
    studyStore,
    ownStudyStore,
    applyStore,
    offlineStore: offline.store,
    tableQuestion,
    openTable: async (file: File) => (await tableOpener()).drop(file),
    openTableAs: async (file: File, holds: 'scores' | 'features') => (await tableOpener()).open(file, holds),
    classifyScores: workers.scores.classify,

    /** What is done with folders that become a study. */
    studyImporter,
    /** What is done with the rows of a study. */
    openBatch,
    /** The study's own table, on its way into the analysis. */
    ownStudyActions,
    /** What is done with a model's file. */
    applyActions,
    isModelFile,
    describeModels: workers.study.describe,
    /** What is done with the study's plan. */
    studyPlanner,
    tellNotTakenOver,
    tellNotFound,
    openImage,
    showImage,
    ...files,
    openSampleStudy: createOpenSampleStudy({ images: imagesStore, simulate: workers.simulateStudy, openFiles: files.openFiles }),
    openSample: createOpenSample({
      images: imagesStore,
      roi: roiStore,
      maskReview: maskReviewStore,
      server,
      fetchFile: browser.fetchFile,
      showImage,
      acceptProposal,
    }),
    openViews: createOpenViews({
      hand: handStore,
      roi: roiStore,
      seeds: seedsStore,
      drafts: draftsStore,
      drawOver: drawOverStore,
      growth: growthStore,
      shownLayers: shownLayersStore,
      showLayers: createShowLayers({
        roi: roiStore,
        seeds: seedsStore,
        maskReview: maskReviewStore,
        alignments: alignmentStore,
        drafts: draftsStore,
        arePhases: (one, other) => {
          const found = findSeries(series, one)
          const volumes = found?.isTold ? found.phases.map(({ volume }) => volume) : []
          return volumes.includes(one) && volumes.includes(other)
        },
        shownLayers: shownLayersStore,
      }),
    }),
    ...subtraction,
    ...mirror,
    ...createPlayPhases({
      dynamic: dynamicStore,
      hand: handStore,
      roi: roiStore,
      findSeries: subtraction.seriesInHand,
      now,
    }),
    openProjection: workers.openProjection,
    meshRegion: workers.parts.mesh,
    switchImage: createSwitchImage({ roi: roiStore, listImages, openImage }),
    answerMaskQuestion: createAnswerMaskQuestion(opening),
    ...review,
    acceptEachLabel,
    removeVolume: createRemoveVolume({
      images: imagesStore,
      roi: roiStore,
      maskReview: maskReviewStore,
      deletions: deletionsStore,
      workList: workListStore,
    }),
    ...toPatients,
    ...createExtract({
      roi: roiStore,
      lesions: lesionsStore,
      extraction: extractionStore,
      greyLevels: greyLevelStore,
      readers: readersStore,
      nameRegion: nameOf,
    }),
    addLesion: createAddLesion({ roi: roiStore, lesions: lesionsStore }),
    stepLesion: createStepLesion({ roi: roiStore, lesions: lesionsStore }),
    deleteLesion: async (lesion: LesionId) => (await changeLesions()).deleteLesion(lesion),
    restoreLesion: async (label: string, lesion: LesionId) => (await changeLesions()).restoreLesion(label, lesion),
    compareReaders: createCompareReaders({ roi: roiStore, comparison: comparisonStore }),
    ...showSecond,
    ...createAlign({
      roi: roiStore,
      alignments: alignmentStore,
      secondImage: showSecond.secondImage,
      findAlignment: workers.align,
    }),
    formatAllTables: createFormatAllTables(tablesStore),
    ...forget,
    /** Of a page that presents: what it kept goes, and it begins again with the sample. Null in every other page. */
    startOver: browser.isPresenting
      ? async () => {
          await roiStore.getState().whenKept()
          await database.delete()
          browser.reload()
        }
      : null,
    /** Of each kind of thing, how much the browser keeps; see `measureKept`. */
    measureKept: async () => (await programServer.load(() => import('../storage/measureKept.ts'))).measureKept(database),

    /** The images of the open image's patient; see `listImagesOfPatient`. */
    listImagesOfPatient: listImages,
    /** Those of the open image's visit; see `listPhasesOfVisit`. */
    listPhasesOfVisit: listPhases,
    /** In what a table differs from what an extraction would give now. */
    ageOf: (
      table: KeptTable,
      maskHashes: RoiState['maskHashes'],
      parameters: ExtractionState['parameters'],
    ): readonly TableAge[] => ageOfTable(table, { maskHash: maskHashes[table.key], parameters, program: version }),
    /** Compute workers that exist now. */
    countWorkers: workers.compute.workerCount,
  }
}
