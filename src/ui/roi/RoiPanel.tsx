import { Button, Menu } from '@mantine/core'
import { IconArrowRight, IconChevronDown, IconDeviceFloppy, IconX } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { lesionCss } from '../../state/lesionColour.ts'
import { runCommand } from '../commands/runCommand.ts'
import { AddLesion } from './AddLesion.tsx'
import { LesionFiles, Lesions } from './laterParts.ts'
import { usePrimary } from './usePrimary.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatCount, formatTriple, formatVolume } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** What the region is, and the two ways on: a file, or features. */
export function RoiPanel() {
  const session = useSession()
  const { lesionsStore, roiStore, saveStore, screenStore } = session
  const { open, voxelCount, volumeCm3 } = useStore(roiStore)
  const { saving, saveMask, cancel, dismiss } = useStore(saveStore)
  const primary = usePrimary('features')
  const hasSeveral = useStore(lesionsStore, ({ listOf }) => listOf(open?.imageId).length > 1)
  if (!open) return null
  return (
    <Panel
      title="ROI"
      aside={
        <>
          <AddLesion />
          <span className="swatch" style={{ background: lesionCss(open.lesion) }} aria-hidden />
        </>
      }
    >
      {hasSeveral && <Lesions />}
      {voxelCount === 0 ? (
        <p className="dim">Nothing drawn yet. Take the brush, or lay a mask on the image from the Images screen.</p>
      ) : (
        <>
          <Facts
            entries={[
              ['Volume', formatVolume(volumeCm3)],
              ['Voxels', formatCount(voxelCount)],
            ]}
          />
          <Button
            size="compact-xs"
            variant="default"
            title="The cursor goes to the middle of the ROI, in its largest axial slice"
            rightSection={<kbd aria-hidden>H</kbd>}
            onClick={() => runCommand(session, 'mask.goTo')}
          >
            Go to the ROI
          </Button>
        </>
      )}
      <Facts
        entries={[
          ['Image', `${formatTriple(open.image.size)}`],
          ['Spacing', `${formatTriple(open.image.spacingMm, 3)} mm`],
        ]}
      />
      {saving.status === 'failed' && (
        <Notice kind="error" onClose={dismiss}>
          The mask was not saved: {say(saving.reason)}
        </Notice>
      )}
      <div className="row wide">
        <Button.Group style={{ flex: 1 }}>
          <Button
            variant="default"
            leftSection={<IconDeviceFloppy size={15} />}
            loading={saving.status === 'running'}
            disabled={voxelCount === 0}
            style={{ flex: 1 }}
            onClick={() => void saveMask()}
          >
            Save mask
          </Button>
          {saving.status === 'running' ? (
            <Button variant="default" px={6} style={{ flex: 'none' }} aria-label="Cancel saving" onClick={cancel}>
              <IconX size={15} />
            </Button>
          ) : (
            <Menu withInitialFocusPlaceholder={false} position="bottom-end">
              <Menu.Target>
                <Button
                  variant="default"
                  px={6}
                  style={{ flex: 'none' }}
                  disabled={voxelCount === 0}
                  aria-label="Other file formats"
                >
                  <IconChevronDown size={15} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => void saveMask('NIfTI')}>NIfTI (.nii.gz)</Menu.Item>
                <Menu.Item onClick={() => void saveMask('NRRD')}>NRRD (.nrrd)</Menu.Item>
                <Menu.Item disabled={!open.image.source.reference} onClick={() => void saveMask('DICOM SEG')}>
                  DICOM segmentation (.dcm)
                  {!open.image.source.reference && <div className="dim">The image was not read from DICOM</div>}
                </Menu.Item>
                <Menu.Item disabled={!open.image.source.reference} onClick={() => void saveMask('DICOM RTSTRUCT')}>
                  DICOM structure set (RTSTRUCT, .dcm)
                  {!open.image.source.reference && <div className="dim">The image was not read from DICOM</div>}
                </Menu.Item>
                {hasSeveral && <LesionFiles isDicom={open.image.source.reference !== undefined} />}
              </Menu.Dropdown>
            </Menu>
          )}
        </Button.Group>
        <Button
          variant={primary}
          rightSection={<IconArrowRight size={15} />}
          disabled={voxelCount === 0}
          onClick={() => screenStore.getState().show('features')}
        >
          Features
        </Button>
      </div>
    </Panel>
  )
}
