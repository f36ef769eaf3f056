import { ActionIcon } from '@mantine/core'
import { IconKeyboard, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { isAnalysisScreen, isLearnScreen } from '../../state/appearance.ts'
import { isNumbered } from '../../core/study/unnamedStudy.ts'
import { findPatient, labelOf } from '../../state/patients.ts'
import { FailureBoundary } from '../shared/FailureBoundary.tsx'
import { formatAgo } from '../shared/formatNumber.ts'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'
import { AnalysisBar, Presenter, SavedElsewhere, WhereIsMyData } from './laterParts.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Tip } from './Tip.tsx'
import { appWords } from '../../messages/words/appWords.ts'

/** What is open, and the two promises: nothing leaves this machine, and what is drawn is kept. */
export function TopBar() {
  const { screenStore, startOver, workListStore } = useSession()
  const hasPatients = useStore(workListStore, ({ rows }) => rows.length > 0)
  const isAnalysis = useStore(screenStore, ({ screen }) => isAnalysisScreen(screen) || isLearnScreen(screen))
  return (
    <header className="topBar">
      <div className="brand">
        <img src="./texel.svg" width={20} height={20} alt="" />
        Texel
      </div>
      {isAnalysis ? (
        <div className="analysisBar">
          <FailureBoundary>
            <AnalysisBar />
          </FailureBoundary>
        </div>
      ) : (
        <Where />
      )}
      {startOver && (
        <FailureBoundary>
          <Presenter onStartOver={() => void startOver()} />
        </FailureBoundary>
      )}
      <MachinePill />
      <KeepingPill />
      {hasPatients && (
        <FailureBoundary>
          <SavedElsewhere />
        </FailureBoundary>
      )}
      <LanguageSwitch />
      <Tip label={appWords().keysHint}>
        <ActionIcon size={28} aria-label={appWords().keysAndMouse} onClick={() => screenStore.getState().showKeys(true)}>
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tip>
    </header>
  )
}

function MachinePill() {
  // Loaded when it is asked for, and there for as long as it takes to close.
  const [isAsked, setAsked] = useState(false)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Tip label={appWords().onThisMachineHint}>
        <button
          type="button"
          className="pill safe"
          aria-haspopup="dialog"
          onClick={() => {
            setAsked(true)
            setOpen(true)
          }}
        >
          <IconShieldCheck size={14} aria-hidden />
          {appWords().onThisMachine}
        </button>
      </Tip>
      {isAsked && (
        <FailureBoundary>
          <WhereIsMyData opened={isOpen} onClose={() => setOpen(false)} />
        </FailureBoundary>
      )}
    </>
  )
}

function Where() {
  const { patientsStore, roiStore } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  const patients = useStore(patientsStore, (state) => state.patients)
  if (!open) return <div className="where dim">{appWords().noImageOpen}</div>
  const patient = findPatient({ patients }, open.imageId)
  const { dicom } = open.image.source
  const label = patient && labelOf(patient, open.imageId)
  // In a study the clinic's own ID stands among the identities alone.
  const ofClinic = label !== undefined && !isNumbered(label) ? undefined : dicom?.PatientID
  const before = [label, dicom?.StudyDescription, ofClinic].filter(Boolean)
  return (
    <div className="where ellipsis" title={open.image.source.path}>
      {before.length > 0 && <span className="dim">{before.join(' / ')} / </span>}
      <strong>{open.imageName}</strong>
    </div>
  )
}

function KeepingPill() {
  const { browserKeepingStore, roiStore } = useSession()
  const keeping = useStore(roiStore, (state) => state.keeping)
  const isKeeping = useStore(roiStore, (state) => state.isKeeping)
  const promise = useStore(browserKeepingStore, (state) => state.promise)
  const now = useNow(5000, keeping.status === 'kept')
  const words = appWords()
  // Of another image, too: it was left a moment ago.
  if (isKeeping) return <span className="pill dim">{words.saving}</span>
  switch (keeping.status) {
    case 'nothing':
      return null
    case 'keeping':
      return <span className="pill dim">{words.saving}</span>
    case 'kept':
      return (
        <Tip label={words.savedHint(words.keeping[promise])}>
          <span className="pill" tabIndex={0}>
            {words.saved(formatAgo(Math.max(0, now - keeping.at)))}
          </span>
        </Tip>
      )
    case 'failed':
      return (
        <Tip label={keeping.reason}>
          <span className="pill warn" tabIndex={0}>
            {words.notSaved}
          </span>
        </Tip>
      )
  }
}
