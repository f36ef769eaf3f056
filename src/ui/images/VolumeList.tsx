import { ActionIcon, Button, SegmentedControl, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { useStore } from 'zustand'
import type { FoundVolume } from '../../state/images.ts'
import { imagesStore, removeVolume, reviewMask, roiStore, showImage } from '../../state/session.ts'
import { formatTriple } from '../shared/formatNumber.ts'
import { RoiOfImage } from './RoiOfImage.tsx'

/** Every volume that was found: a file, a series, or a phase of it. */
export function VolumeList() {
  const volumes = useStore(imagesStore, (state) => state.volumes)
  return (
    <div className="card" style={{ overflowX: 'auto', flex: 'none' }}>
      <table className="volumes">
        <thead>
          <tr>
            <th>Volume</th>
            <th>Kind</th>
            <th className="number">Voxels</th>
            <th className="number">Spacing, mm</th>
            <th>Format</th>
            <th>ROI</th>
            <th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {volumes.map((found) => (
            <VolumeRow key={found.id} found={found} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function VolumeRow({ found }: { found: FoundVolume }) {
  const openId = useStore(roiStore, (state) => state.open?.imageId)
  const { id, name, volume, warnings, kind } = found
  const isOpen = id === openId
  return (
    <tr className={isOpen ? 'chosen' : undefined}>
      <td>
        <div className="ellipsis" title={name}>
          <strong>{name}</strong>
        </div>
        <div className="path ellipsis" title={volume.source.path}>
          {volume.source.path}
        </div>
        {warnings.map((warning) => (
          <div key={warning} className="row" style={{ color: 'var(--warn)', flexWrap: 'nowrap', alignItems: 'flex-start' }}>
            <IconAlertTriangle size={14} style={{ flex: 'none', marginTop: 2 }} aria-label="Warning" />
            <span>{warning}</span>
          </div>
        ))}
      </td>
      <td>
        <SegmentedControl
          aria-label={`Kind of ${name}`}
          value={kind}
          onChange={(value) => imagesStore.getState().setKind(id, value as FoundVolume['kind'])}
          data={[
            { value: 'image', label: 'Image' },
            { value: 'mask', label: 'Mask' },
          ]}
        />
      </td>
      <td className="number">{formatTriple(volume.size)}</td>
      <td className="number">{formatTriple(volume.spacingMm, 3)}</td>
      <td>{volume.source.dicom?.Modality ? `${volume.source.format}, ${volume.source.dicom.Modality}` : volume.source.format}</td>
      <td>{kind === 'image' && <RoiOfImage found={found} />}</td>
      <td>
        <div className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
          {kind === 'image' ? (
            <Button variant={isOpen ? 'default' : 'filled'} onClick={() => void showImage(found)}>
              {isOpen ? 'Show' : 'Open'}
            </Button>
          ) : (
            <Tooltip label={openId ? 'Lay it on the open image and check it' : 'Open its image first'}>
              <Button variant="default" disabled={!openId} onClick={() => reviewMask(found)}>
                Lay on image
              </Button>
            </Tooltip>
          )}
          <Tooltip label="Take it off the list; the file is not touched">
            <ActionIcon size={28} aria-label={`Remove ${name}`} onClick={() => removeVolume(id)}>
              <IconX size={15} />
            </ActionIcon>
          </Tooltip>
        </div>
      </td>
    </tr>
  )
}
