import { useCallback, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { ImagesScreen } from '../images/ImagesScreen.tsx'
import { useFileDrop } from '../images/useFileDrop.ts'
import { NoImage } from '../roi/NoImage.tsx'
import { DeletionNotices } from './DeletionNotices.tsx'
import { FailureBoundary } from '../shared/FailureBoundary.tsx'
import { Footer } from './Footer.tsx'
import {
  ApplyScreen,
  AskDialog,
  EvaluateScreen,
  FeaturesScreen,
  KeysHelp,
  LearnScreen,
  ReportScreen,
  RoiScreen,
  StudyCopyDialog,
  StudyOverview,
  StudyScreen,
  Tooltip,
  WorkList,
} from './laterParts.ts'
import { Rail } from './Rail.tsx'
import { ServerNotice } from './ServerNotice.tsx'
import { TopBar } from './TopBar.tsx'
import { UpdateNotice } from './UpdateNotice.tsx'
import { keepFocus } from './keepFocus.ts'
import { useLeaveWarning } from './useLeaveWarning.ts'
import { useProgramKeys } from '../commands/useProgramKeys.ts'
import { useRest } from './useRest.ts'
import { FileProblems, VolumeList } from '../images/laterParts.ts'
import { isLearnScreen } from '../../state/appearance.ts'
import type { NamedFile } from '../../state/images.ts'
import { screenOfAddress } from '../../state/learn/learnAddress.ts'
import type { Screen } from '../../state/screen.ts'
import { useSession } from '../shared/session.ts'
import { appWords } from '../../messages/words/appWords.ts'

const keepFocusIn = (main: HTMLElement | null) => (main ? keepFocus(main) : undefined)

const isTable = ({ path }: NamedFile) => /\.((csv|tsv|xlsx)(\.gz)?|parquet)$/i.test(path)
const isStudyScreen = (screen: Screen) =>
  !['study', 'images', 'roi', 'features', 'evaluate', 'report', 'apply'].includes(screen) && !isLearnScreen(screen)

export function Shell() {
  const {
    applyActions,
    deletionsStore,
    imagesStore,
    isModelFile,
    offlineStore,
    openDroppedFiles,
    openTable,
    roiStore,
    screenStore,
    studyCopyStore,
    studyPlanner,
    workListStore,
  } = useSession()
  const isCopying = useStore(studyCopyStore, ({ status }) => status !== 'none')
  const { screen, keysShown, listShown } = useStore(screenStore)
  const hasPatients = useStore(workListStore, ({ rows }) => rows.length > 0)
  const isAsked = useStore(workListStore, ({ asked }) => asked !== null)
  const imageIsOpen = useStore(roiStore, (state) => state.open !== null)
  /** A table alone is the study's or the model's where that is in front, else for the analysis; a model is told by how it begins; all else is images and masks. */
  const takeDrop = useCallback(
    (files: readonly NamedFile[]) => {
      const [{ file, path }] = files
      const asFile = () => (file instanceof File ? file : new File([file], path))
      if (files.length === 1 && /\.json$/i.test(path))
        return void isModelFile(file).then((isModel) =>
          isModel ? applyActions().then(({ openModel }) => openModel(asFile())) : openDroppedFiles(files),
        )
      if (files.length !== 1 || !isTable(files[0])) return openDroppedFiles(files)
      if (screen === 'apply') void applyActions().then((actions) => actions.openTable(asFile()))
      else if (screen === 'study' && hasPatients) void studyPlanner().then(({ openFile }) => openFile(asFile()))
      else void openTable(asFile())
    },
    [applyActions, hasPatients, isModelFile, openDroppedFiles, openTable, screen, studyPlanner],
  )
  const isList = screen === 'roi' && hasPatients && (listShown || !imageIsOpen)
  // A drop counts wherever it lands: otherwise the browser would leave the page for the file.
  const isOver = useFileDrop(takeDrop, (reason) => imagesStore.getState().addProblem({ path: appWords().drop, reason }))
  const isReading = useStore(imagesStore, (state) => state.reading.status === 'running')
  useEffect(() => {
    // The time that reading takes is enough for this; a failure is told where the image would have been drawn.
    if (!isReading) return
    FileProblems.prepare()
    VolumeList.prepare()
    RoiScreen.prepare()
    import('../../viewer/drawing.ts').then(({ startCornerstone }) => startCornerstone()).catch(() => {})
  }, [isReading])
  const isAtRest = useRest()
  // It stays to fade out and give the focus back.
  const [keysWanted, setKeysWanted] = useState(false)
  if (keysShown && !keysWanted) setKeysWanted(true)
  const [askWanted, setAskWanted] = useState(false)
  if (isAsked && !askWanted) setAskWanted(true)
  const [copyWanted, setCopyWanted] = useState(false)
  if (isCopying && !copyWanted) setCopyWanted(true)
  useEffect(() => {
    if (!isAtRest) return
    for (const part of [
      Tooltip,
      FileProblems,
      VolumeList,
      WorkList,
      RoiScreen,
      FeaturesScreen,
      EvaluateScreen,
      StudyScreen,
      LearnScreen,
      KeysHelp,
    ])
      part.prepare()
    import('../../viewer/drawing.ts').then(({ loadRenderer }) => loadRenderer()).catch(() => {})
    void offlineStore.getState().start()
  }, [isAtRest, offlineStore])
  useEffect(() => {
    // A link that a class was sent, also into a page that is open.
    const follow = () => {
      const asked = screenOfAddress(location.hash)
      if (asked) screenStore.getState().show(asked)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [screenStore])
  useProgramKeys()
  useLeaveWarning()
  useEffect(() => {
    void roiStore.getState().listKept()
    void deletionsStore.getState().look()
  }, [deletionsStore, roiStore])
  return (
    <div className="shell">
      <FailureBoundary key="top">
        <TopBar />
      </FailureBoundary>
      <Rail />
      <main className="stage" ref={keepFocusIn}>
        {screen === 'study' && (
          <FailureBoundary key="overview">
            <StudyOverview />
          </FailureBoundary>
        )}
        {screen === 'images' && (
          <FailureBoundary key="images">
            <ImagesScreen isOver={isOver} />
          </FailureBoundary>
        )}
        {screen === 'roi' && !imageIsOpen && !hasPatients && <NoImage />}
        {isList && (
          <FailureBoundary key="list">
            <WorkList />
          </FailureBoundary>
        )}
        {imageIsOpen && (
          <FailureBoundary key="roi">
            <RoiScreen shown={screen === 'roi' && !isList} />
          </FailureBoundary>
        )}
        {screen === 'features' && (
          <FailureBoundary key="features">
            <FeaturesScreen />
          </FailureBoundary>
        )}
        {screen === 'evaluate' && (
          <FailureBoundary key="evaluate">
            <EvaluateScreen />
          </FailureBoundary>
        )}
        {isLearnScreen(screen) && (
          <FailureBoundary key="learn">
            <LearnScreen screen={screen} />
          </FailureBoundary>
        )}
        {screen === 'report' && (
          <FailureBoundary key="report">
            <ReportScreen />
          </FailureBoundary>
        )}
        {screen === 'apply' && (
          <FailureBoundary key="apply">
            <ApplyScreen />
          </FailureBoundary>
        )}
        {isStudyScreen(screen) && (
          <FailureBoundary key="study">
            <StudyScreen screen={screen} />
          </FailureBoundary>
        )}
        <div className="overFoot">
          <DeletionNotices />
          <ServerNotice />
          <UpdateNotice />
          {askWanted && (
            <FailureBoundary>
              <AskDialog />
            </FailureBoundary>
          )}
          {copyWanted && (
            <FailureBoundary>
              <StudyCopyDialog />
            </FailureBoundary>
          )}
          {keysWanted && (
            <FailureBoundary>
              <KeysHelp />
            </FailureBoundary>
          )}
        </div>
      </main>
      <Footer />
    </div>
  )
}
