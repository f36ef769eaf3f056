import { Button, Menu } from '@mantine/core'
import { IconArrowsLeftRight, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { handStore } from '../../state/hand.ts'
import { copyRoiTo, imagesOfPatient, imagesStore, openImage, roiStore } from '../../state/session.ts'
import { keysOf, writeKey } from '../../viewer/index.ts'
import { Panel } from '../shared/Panel.tsx'

/** The patient's other images: go there with the cursor where it is, or take the ROI along. */
export function SequencesPanel() {
  const { open, voxelCount } = useStore(roiStore)
  const preset = useStore(handStore, (state) => state.preset)
  useStore(imagesStore, (state) => state.volumes)
  const [isCopying, setIsCopying] = useState(false)
  const others = imagesOfPatient().filter(({ id }) => id !== open?.imageId)
  if (!open || others.length === 0) return null
  const key = (id: 'image.next' | 'image.previous') => writeKey(keysOf(id, preset)[0])
  return (
    <Panel title="Sequences">
      <p className="dim">
        {key('image.previous')} and {key('image.next')} go through the images; the cursor stays at its point in the patient.
      </p>
      <div className="row wide">
        <Menu withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button variant="default" leftSection={<IconArrowsLeftRight size={15} />}>
              Go to
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((found) => (
              <Menu.Item key={found.id} onClick={() => void openImage(found)}>
                {found.name}
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
            {others.map((found) => (
              <Menu.Item
                key={found.id}
                onClick={() => {
                  setIsCopying(true)
                  void copyRoiTo(found).finally(() => setIsCopying(false))
                }}
              >
                {found.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </Panel>
  )
}
