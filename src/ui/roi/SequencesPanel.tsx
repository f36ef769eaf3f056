import { Button, Menu } from '@mantine/core'
import { IconArrowsLeftRight, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { findPatient } from '../../state/patients.ts'
import { keysOf, writeKey } from '../commands/keys.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { CopyToAll } from './laterParts.ts'
import { useSession } from '../shared/session.ts'

/** The patient's other images: go there with the cursor where it is, or take the ROI along. */
export function SequencesPanel() {
  const { copyStore, handStore, listImagesOfPatient, openImage, patientsStore, roiStore, screenStore } = useSession()
  const { open, voxelCount } = useStore(roiStore)
  const preset = useStore(handStore, (state) => state.preset)
  const { patients, questions } = useStore(patientsStore)
  const [isCopying, setIsCopying] = useState(false)
  const patient = findPatient({ patients }, open?.imageId)
  if (!open || !patient) return null
  const others = listImagesOfPatient().filter(({ found }) => found.id !== open.imageId)
  const isAsked = questions.some(({ code, images }) => code === 'untold' || images.includes(open.imageId))
  if (others.length === 0 && !isAsked) return null
  const key = (id: 'image.next' | 'image.previous') => writeKey(keysOf(id, preset)[0])
  return (
    <Panel title="Sequences">
      {isAsked && (
        <Notice kind="info">
          Whether other open images are of {patient.label} is for you to say: until then they stay apart.
          <div className="row">
            <Button variant="default" size="compact-xs" onClick={() => screenStore.getState().show('images')}>
              Say whose they are
            </Button>
          </div>
        </Notice>
      )}
      {others.length > 0 && (
        <>
          <p className="dim">
            {key('image.previous')} and {key('image.next')} go through the images of {patient.label}; the cursor stays at its
            point in the patient.
          </p>
          <div className="row wide">
            <Menu withInitialFocusPlaceholder={false}>
              <Menu.Target>
                <Button variant="default" leftSection={<IconArrowsLeftRight size={15} />}>
                  Go to
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {others.map(({ found, name }) => (
                  <Menu.Item key={found.id} onClick={() => void openImage(found)}>
                    {name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Menu withInitialFocusPlaceholder={false}>
              <Menu.Target>
                <Button variant="default" leftSection={<IconCopy size={15} />} loading={isCopying} disabled={voxelCount === 0}>
                  Copy ROI to
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {others.map(({ found, name }) => (
                  <Menu.Item
                    key={found.id}
                    onClick={() => {
                      setIsCopying(true)
                      void copyStore
                        .getState()
                        .copyTo(found)
                        .finally(() => setIsCopying(false))
                    }}
                  >
                    {name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </div>
          <CopyToAll others={others.filter(({ found }) => !found.volume.source.derived)} />
        </>
      )}
    </Panel>
  )
}
