import type { StudyMessages } from '../../core/study/messages.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

export const study: Sentences<StudyMessages> = {
  'cohorts-differ': ({ mine, theirs }) =>
    `Both studies have fixed their cohorts, and not the same (${mine.slice(0, 8)} here, ${theirs.slice(0, 8)} in the file): they cannot be merged. Thaw the cohorts of one of them first.`,
  'cohort-empty': ({ cohort }) => `Nobody would be in the ${cohort} cohort: cohorts cannot be fixed like this.`,
  'cohort-undecided': ({ labels }) =>
    `${labels.length === 1 ? '1 patient is' : `${labels.length} patients are`} in no cohort and not excluded: ${listSome(labels)}. Decide on them first.`,
  'cohorts-fixed': ({ labels }) =>
    `Cohorts are fixed, and ${listSome(labels)} ${labels.length === 1 ? 'is' : 'are'} in them: nobody goes or comes before cohorts are thawed on the screen Study, with a reason.`,
  'cohorts-fixed-already': () => 'Cohorts are fixed already: thaw them on the screen Study, with a reason, to fix others.',
  'cohorts-unplanned': () => 'Nobody has said yet who learns and who is judged: choose a plan of cohorts first.',
  'thaw-without-reason': () => 'Cohorts stay fixed: say why they are thawed. The reason is kept with the study.',
  'redraw-without-reason': () => 'The patients of the second reading are drawn already. Give a reason to draw them again.',
  'row-without-image': ({ role }) =>
    `No image of this patient is ${role}. Give one of her images this role on the work list, or leave her out.`,
  'row-image-gone': () => 'The image is not at hand. Connect its folder again, or give it again on the screen Images.',
  'row-to-do': () => 'Nothing is drawn on this image yet.',
  'row-in-progress': () => 'The ROI is in progress. Mark it complete when it is done.',
  'row-other-voxels': () =>
    'The ROI was drawn on other voxels than the image has now: its file has changed. Open the image and draw or copy the ROI again.',
  'row-off-grid': () =>
    'The ROI does not stand on the voxels that its image has now. Open the image, and copy or draw the ROI on it.',
  'row-small': ({ voxels, mm3 }) =>
    `The ROI has ${count(voxels, 'voxel')}, ${Math.round(mm3)} mm³: texture of fewer than 64 mm³ or 10 voxels means little.`,
  'row-at-edge': () => 'The ROI touches the edge of the image: a part of the lesion may lie outside.',
  'row-in-pieces': ({ pieces }) => `The ROI is in ${pieces} pieces that do not touch. Is each of them meant?`,
  'row-same-mask': ({ labels }) =>
    `The ROI has the same voxels as one of ${listSome(labels)}: was the same mask given to several patients?`,
  'row-ended-browser': ({ times }) =>
    `The browser ended ${times === 2 ? 'twice' : `${times} times`} on this ROI. It is not tried again by itself; the others went on without it.`,
}

const count = (n: number, what: string) => (n === 1 ? `1 ${what}` : `${n} ${what}s`)
