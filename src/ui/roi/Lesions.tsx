import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { indexLesion } from '../../core/study/lesions.ts'
import type { Lesion } from '../../core/study/study.ts'
import { lesionCss } from '../../state/lesionColour.ts'
import type { OpenRoi } from '../../state/region.ts'
import { keysOf, writeKey } from '../commands/keys.ts'
import { formatCount, formatVolume } from '../shared/formatNumber.ts'
import { describeOverlap } from '../shared/describeOverlap.ts'
import { useSession } from '../shared/session.ts'
import { ProgressMark } from './workList/ProgressMark.tsx'

/** The patient's lesions, once there are several: which one is in hand, what each measures here, and where others overlap with it. */
export function Lesions() {
  const { handStore, lesionsStore, roiStore } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  const { listOf } = useStore(lesionsStore)
  const preset = useStore(handStore, (state) => state.preset)
  const lesions = listOf(open?.imageId)
  const inHand = lesions.find(({ id }) => id === open?.lesion)
  if (!open || !inHand || lesions.length < 2) return null
  const index = indexLesion(lesions)
  const keys = (['lesion.previous', 'lesion.next'] as const).map((id) => writeKey(keysOf(id, preset)[0])).join(' and ')
  return (
    <div className="lesions">
      <ul aria-label="Lesions" title={`${keys} go through them`}>
        {lesions.map((lesion) => (
          <LesionRow key={lesion.id} lesion={lesion} open={open} isIndex={lesion.id === index} />
        ))}
      </ul>
      <LesionInHand
        key={`${open.imageId} ${inHand.id} ${inHand.name ?? ''}`}
        lesion={inHand}
        open={open}
        isIndex={inHand.id === index}
      />
    </div>
  )
}

function LesionRow({ lesion: { id, name }, open, isIndex }: { lesion: Lesion; open: OpenRoi; isIndex: boolean }) {
  const { handStore, maskOperationStore, otherLesionsStore, roiStore } = useSession()
  const { volumeCm3, voxelCount, status, chooseLesion } = useStore(roiStore)
  const other = useStore(otherLesionsStore, ({ others }) => others.find(({ lesion }) => lesion === id))
  const overlap = useStore(otherLesionsStore, ({ overlaps }) => overlaps.find(({ lesion }) => lesion === id))
  const isPreviewing = useStore(maskOperationStore, (state) => state.run.status === 'preview')
  const isInHand = open.lesion === id
  const [x, y, z] = open.image.spacingMm
  const drawn = isInHand
    ? voxelCount > 0 && { volumeCm3, progress: status?.progress ?? 'inProgress' }
    : other && { volumeCm3: (other.voxelCount * x * y * z) / 1000, progress: other.progress }
  return (
    <li>
      <button type="button" aria-pressed={isInHand} disabled={isPreviewing} onClick={() => void chooseLesion(id)}>
        <span className={isInHand ? 'swatch' : 'swatch outlined'} style={{ color: lesionCss(id) }} aria-hidden />
        <strong>{id}</strong>
        <span className="ellipsis" title={name}>
          {name}
        </span>
        {isIndex && <IconStarFilled size={11} aria-label="index lesion" />}
        <span className="number">{drawn ? formatVolume(drawn.volumeCm3) : <span className="dim">not drawn here</span>}</span>
        {drawn && <ProgressMark progress={drawn.progress} brief />}
      </button>
      {overlap && (
        <button
          type="button"
          className="overlap"
          title={describeOverlap(open.lesion, overlap)}
          aria-label={describeOverlap(open.lesion, overlap)}
          onClick={() => handStore.getState().viewer?.moveCursor({ index: overlap.at })}
        >
          {formatCount(overlap.voxelCount)} shared
        </button>
      )}
    </li>
  )
}

function LesionInHand({ lesion: { id, name = '' }, open, isIndex }: { lesion: Lesion; open: OpenRoi; isIndex: boolean }) {
  const { deleteLesion, lesionsStore } = useSession()
  const { rename, markIndex } = useStore(lesionsStore)
  return (
    <div className="row lesionInHand">
      <TextInput
        aria-label={`Name of ${id}`}
        placeholder={`Name of ${id}`}
        size="xs"
        maxLength={60}
        defaultValue={name}
        onBlur={(event) =>
          void (event.currentTarget.value.trim() !== name && rename(open.imageId, id, event.currentTarget.value))
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <ActionIcon
        variant="default"
        size={28}
        title={isIndex ? `${id} is the index lesion: what is known of the patient is said of it` : `Make ${id} the index lesion`}
        aria-label={`Index lesion is ${id}`}
        aria-pressed={isIndex}
        onClick={() => void markIndex(open.imageId, id)}
      >
        {isIndex ? <IconStarFilled size={14} /> : <IconStar size={14} />}
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={28}
        title={`Delete ${id} with its ROIs on all images`}
        aria-label={`Delete ${id}`}
        onClick={() => void deleteLesion(id)}
      >
        <IconTrash size={14} />
      </ActionIcon>
    </div>
  )
}

/** Items of the menu of file formats. */
export function LesionFiles({ isDicom }: { isDicom: boolean }) {
  const { saveStore } = useSession()
  const { saveLabelMap, saveEachLesion } = useStore(saveStore)
  return (
    <>
      <Menu.Label>All lesions drawn here</Menu.Label>
      <Menu.Item onClick={() => void saveLabelMap('NIfTI')}>In one label map, NIfTI (.nii.gz)</Menu.Item>
      <Menu.Item onClick={() => void saveLabelMap('NRRD')}>In one with their names, NRRD (.seg.nrrd)</Menu.Item>
      <Menu.Item disabled={!isDicom} onClick={() => void saveLabelMap('DICOM SEG')}>
        In one DICOM segmentation (SEG)
      </Menu.Item>
      <Menu.Item disabled={!isDicom} onClick={() => void saveLabelMap('DICOM RTSTRUCT')}>
        In one DICOM structure set (RTSTRUCT)
      </Menu.Item>
      <Menu.Item onClick={() => void saveEachLesion()}>A mask each, NIfTI (.nii.gz)</Menu.Item>
    </>
  )
}
