import { ActionIcon, Button, Menu, SegmentedControl, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { petUnit } from '../../io/dicom/valueUnit.ts'
import type { FoundVolume } from '../../state/images.ts'
import type { OpenPatient, PatientVisit } from '../../state/patients.ts'
import { say } from '../../messages/say.ts'
import { formatTriple } from '../shared/formatNumber.ts'
import { RoiOfImage } from './RoiOfImage.tsx'
import { useSession } from '../shared/session.ts'
import '../../messages/sayImages.ts'
import { useLanguage } from '../shared/useLanguage.ts'

/** Every volume that was found (a file, a series, or a phase of it) under its patient and visit; masks come with their study, else last. */
export function VolumeList() {
  const { imagesStore, patientsStore } = useSession()
  const volumes = useStore(imagesStore, (state) => state.volumes)
  const patients = useStore(patientsStore, (state) => state.patients)
  const masks = volumes.filter(({ kind }) => kind === 'mask')
  const masksOf = (visit: PatientVisit) =>
    masks.filter(({ volume }) => {
      const study = volume.source.dicom?.StudyInstanceUID
      return study && visit.images.some(({ found }) => found.volume.source.dicom?.StudyInstanceUID === study)
    })
  const placed = new Set(patients.flatMap(({ visits }) => visits.flatMap(masksOf)))
  const loose = masks.filter((mask) => !placed.has(mask))
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
        {patients.map((patient) => (
          <tbody key={patient.label}>
            <PatientRow patient={patient} others={patients.filter((other) => other !== patient && !other.isOfStudy)} />
            {patient.visits.flatMap((visit) => [
              visit.name !== '' && (
                <HeadRow key={visit.name}>
                  <span className="dim">
                    {[`${visit.name[0].toUpperCase()}${visit.name.slice(1)}`, visit.date || 'without a date'].join(', ')}
                  </span>
                </HeadRow>
              ),
              ...visit.images.map(({ found, name }) => <VolumeRow key={found.id} found={found} name={name} />),
              ...masksOf(visit).map((found) => <VolumeRow key={found.id} found={found} name={found.name} />),
            ])}
          </tbody>
        ))}
        {loose.length > 0 && (
          <tbody>
            <HeadRow>
              <strong>Masks</strong> <span className="dim">laid on the open image for you to check</span>
            </HeadRow>
            {loose.map((found) => (
              <VolumeRow key={found.id} found={found} name={found.name} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  )
}

function HeadRow({ children }: { children: ReactNode }) {
  return (
    <tr className="head">
      <th colSpan={7} scope="rowgroup">
        {children}
      </th>
    </tr>
  )
}

const shownOthers = 12

/** Whose images follow, and the way to say that it is wrong. */
function PatientRow({ patient, others }: { patient: OpenPatient; others: readonly OpenPatient[] }) {
  const { patientsStore } = useSession()
  const { join, takeApart } = patientsStore.getState()
  const { label, patientId, visits, keys, isJoined, isOfStudy } = patient
  const date = visits.length === 1 ? visits[0].date : ''
  return (
    <HeadRow>
      <div className="row">
        <strong>{label}</strong>
        {patientId !== '' && <span>{patientId}</span>}
        {date !== '' && <span className="dim">{date}</span>}
        {!isOfStudy && isJoined && (
          <span className="dim" title="Files may carry them already: a number that two patients shared would mix them up">
            put together; the other numbers are given to nobody else
          </span>
        )}
        {!isOfStudy && (others.length > 0 || isJoined) && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button variant="subtle" color="gray" size="compact-xs" aria-label={`Change patient ${label}`}>
                Change patient
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.slice(0, shownOthers).map((other) => (
                <Menu.Item key={other.label} onClick={() => join([[...keys, ...other.keys]])}>
                  The same patient as {other.label}
                </Menu.Item>
              ))}
              {isJoined && <Menu.Item onClick={() => takeApart(patient)}>Take apart again</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </HeadRow>
  )
}

/** Made again only where it changes: of a folder hundreds of them come one after the other. */
const VolumeRow = memo(function VolumeRow({ found, name }: { found: FoundVolume; name: string }) {
  useLanguage()
  const { imagesStore, removeVolume, reviewMask, roiStore, showImage } = useSession()
  const openId = useStore(roiStore, (state) => state.open?.imageId)
  const { id, volume, warnings, kind } = found
  const isOpen = id === openId
  const petValues = volume.source.dicom && petUnit(volume.source.dicom)
  const unit = petValues && say(petValues)
  // On to the open image, or to the only one there is; which of several is a choice of the user.
  const isOnly = useStore(imagesStore, ({ volumes }) => volumes.filter((one) => one.kind === 'image').length === 1)
  const isNext = isOpen || (openId === undefined && isOnly)
  return (
    <tr className={isOpen ? 'chosen' : undefined}>
      <td>
        <div className="ellipsis" title={name}>
          <strong>{name}</strong>
        </div>
        <div className="path ellipsis" title={volume.source.path}>
          {volume.source.path}
        </div>
        {warnings.map(say).map((warning) => (
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
          onChange={(value) => imagesStore.getState().setKind(id, value)}
          data={[
            { value: 'image', label: 'Image' },
            { value: 'mask', label: 'Mask' },
          ]}
        />
      </td>
      <td className="number">{formatTriple(volume.size)}</td>
      <td className="number">{formatTriple(volume.spacingMm, 3)}</td>
      <td>
        {volume.source.dicom?.Modality ? `${volume.source.format}, ${volume.source.dicom.Modality}` : volume.source.format}
        {unit !== undefined && (
          <div className="path ellipsis" title={`Values: ${unit}`}>
            {unit}
          </div>
        )}
      </td>
      <td>{kind === 'image' && <RoiOfImage found={found} />}</td>
      <td>
        <div className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
          {kind === 'image' ? (
            <Button variant={isNext ? 'filled' : 'default'} onClick={() => void showImage(found)}>
              {isOpen ? 'Show' : 'Open'}
            </Button>
          ) : (
            <Tooltip label={openId ? 'Lay it on the open image and check it' : 'Open its image first'}>
              <Button variant="default" disabled={!openId} onClick={() => reviewMask(found)}>
                Lay on image
              </Button>
            </Tooltip>
          )}
          <Tooltip label="Close it: this browser forgets its copy, your file is not touched">
            <ActionIcon size={28} aria-label={`Close ${name}`} onClick={() => removeVolume(id)}>
              <IconX size={15} />
            </ActionIcon>
          </Tooltip>
        </div>
      </td>
    </tr>
  )
})
