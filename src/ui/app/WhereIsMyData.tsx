import { Button, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { messageOf, type Message } from '../../core/messages/message.ts'
import { say } from '../../messages/say.ts'
import type { KeptKind, KeptShare } from '../../storage/measureKept.ts'
import { ForgetDialog } from '../images/ForgetDialog.tsx'
import { SaveAllRois, SavedAllRois } from '../images/SaveAllRois.tsx'
import { formatBytes, formatCount } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { appWords } from '../../messages/words/appWords.ts'

const kinds: Readonly<Record<KeptKind, readonly [name: string, what: string]>> = {
  rois: ['ROIs', 'what was drawn, its curves, and the journal of who did what'],
  images: ['Open images', 'copies of files that are open, until they are closed'],
  study: ['Study', 'patients by label, their series, roles and decisions'],
  identities: ['Who they are', 'names, IDs, folders and the hospital’s table, apart from all else'],
  features: ['Features', 'tables of what was computed'],
  analysis: ['Analysis', 'tables that were opened, and results of its steps'],
  settings: ['Settings', 'hands, windows, thresholds, answers'],
  older: ['Of earlier versions', 'as they were, for whatever could not be understood'],
}

/** What stands where, how large it is, whether the browser may clear it, and both ways out: save it, forget it. */
export function WhereIsMyData({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { roiStore } = useSession()
  const { kept: all, listKept } = useStore(roiStore)
  const [isForgetting, setForgetting] = useState(false)
  const kept = all.filter(({ voxelCount }) => voxelCount > 0)
  // With what other tabs kept since.
  useEffect(() => {
    if (opened) void listKept()
  }, [opened, listKept])
  const askToForget = () => {
    onClose()
    setForgetting(true)
  }
  return (
    <>
      <Modal
        opened={opened}
        onClose={onClose}
        size="lg"
        title="Where is my data?"
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
        attributes={{ header: { role: 'presentation' } }}
      >
        <p>
          Your files stay where they are. What you make of them is kept in this browser, on this computer, and nowhere else: the
          page may not connect to any other computer.
        </p>
        <Kept />
        <SavedAllRois />
        <div className="row" style={{ marginTop: 16 }}>
          <SaveAllRois label="Save all ROIs" disabled={kept.length === 0} />
          <Button variant="subtle" color="gray" onClick={askToForget}>
            Forget everything on this computer …
          </Button>
        </div>
      </Modal>
      <ForgetDialog kept={kept} opened={isForgetting} onClose={() => setForgetting(false)} />
    </>
  )
}

function Kept() {
  const { browserKeepingStore, measureKept } = useSession()
  const { promise, usedBytes, look, ask } = useStore(browserKeepingStore)
  const [shares, setShares] = useState<readonly KeptShare[]>()
  const [problem, setProblem] = useState<Message>()
  useEffect(() => {
    void look()
    measureKept().then(setShares, (error: unknown) => setProblem(messageOf(error)))
  }, [look, measureKept])
  return (
    <>
      {problem && <Notice kind="error">What is kept could not be measured: {say(problem)}</Notice>}
      {!problem && !shares && <p role="status">Measuring …</p>}
      {shares?.length === 0 && <p className="dim">Nothing of yours is kept yet.</p>}
      {shares && shares.length > 0 && (
        <table className="keptKinds">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className="number">
                Records
              </th>
              <th scope="col" className="number">
                Size, about
              </th>
            </tr>
          </thead>
          <tbody>
            {shares.map(({ kind, records, bytes }) => (
              <tr key={kind}>
                <th scope="row">
                  {kinds[kind][0]}
                  <span className="dim">{kinds[kind][1]}</span>
                </th>
                <td className="number">{formatCount(records)}</td>
                <td className="number">{formatBytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row">
        <p className="dim" style={{ flex: 1 }}>
          {appWords().keeping[promise]}
          {usedBytes !== null && ` All in all, with the program itself for work offline, it holds ${formatBytes(usedBytes)}.`}
        </p>
        {promise === 'mayDelete' && (
          <Button variant="default" size="compact-xs" onClick={() => void ask({ again: true })}>
            Ask the browser to keep it
          </Button>
        )}
      </div>
    </>
  )
}
