import type { StateMessages } from '../../state/messages.ts'
import type { Sentences } from '../sentences.ts'
import { formatDateTime } from './formatDateTime.ts'
import { listSome } from './listSome.ts'

const refusals: Readonly<Record<StateMessages['progress-refused']['why'], string>> = {
  bothLocked: 'Both readers have locked their ROIs and may see each other’s now, so neither can be unlocked.',
  nothingDrawn: 'Nothing is drawn yet: an empty ROI can be neither complete nor locked.',
  recoveryWaiting: 'An ROI of an earlier session waits: restore or discard it first.',
  openElsewhere: 'This image is open in another tab, which keeps the ROI: lock it there, or close that tab first.',
  locked: 'This ROI is locked: unlock it first.',
  excluded: 'This patient is excluded: nothing is drawn on her images. Take her back on the work list first.',
  firstNotLocked: 'The first reading of this image is not locked yet: lock it before it is read again.',
}

export const state: Sentences<StateMessages> = {
  locked: ({ by, at, isOtherLocked }) =>
    `This ROI was locked by ${by} on ${formatDateTime(at)}: it cannot be changed. ${isOtherLocked ? 'Both readers have locked theirs, so it stays locked.' : 'Unlock it in the ROI panel to go on drawing.'}`,
  'progress-refused': ({ why }) => refusals[why],
  'unlock-without-reason': () => 'It stays locked: say why it is unlocked. The reason is kept with the study.',
  'complete-no-more': () => 'This ROI was complete; now that it is changed it is in progress again. Undo brings both back.',
  'undo-dropped': ({ steps, budgetMiB }) =>
    `The ${steps === 1 ? 'oldest step was' : `${steps} oldest steps were`} dropped from undo: its memory of ${budgetMiB} MiB is full.`,
  'image-stays': ({ imageName }) =>
    `${imageName} stays on the list: its ROI is not kept in this browser and would be lost. Save it as a file first.`,
  'operation-dropped': () => 'The ROI was changed meanwhile, so this was dropped. Start it again if it is still wanted.',
  'operation-changes-nothing': () => 'It would change no voxel of the ROI.',
  'nothing-to-measure': ({ id, role }) => `${id} has no ROI on ${role}: draw one on ROI, and look at the list again.`,
  'model-first': ({ file }) => `${file} is a table: open the file of the model first that is to score it.`,
  'not-extracted': ({ columns }) =>
    `The parameters in the model’s file do not give ${listSome(columns)}. The file was put together from another extraction; score a table of features instead.`,
  'copy-another-opened': ({ from, to }) => `The ROI of ${from} was not copied to ${to}: another one was opened meanwhile.`,
  'copy-outside': ({ to }) => `The ROI lies wholly outside ${to}: nothing was copied.`,
  'copy-failed': ({ error }, say) => `The ROI was not copied: ${say(error)}`,
  copied: ({ from, to, voxels, isAligned, outsideFraction, differences }, say) =>
    [
      voxels === 0
        ? `No voxel centre of ${to} lies in the ROI of ${from}: its voxels are too large for it.`
        : `Copied from ${from} by position in space${isAligned ? ' as aligned' : ''}, nearest voxel: ${voxels.toLocaleString('en')} voxels. Correct it here.`,
      ...(outsideFraction > 0
        ? [`${(100 * outsideFraction).toFixed(1)} % of the ROI lies outside this image and was cut off.`]
        : []),
      ...differences.map(say),
    ].join(' '),
  'image-changed': ({ imageName }) =>
    `${imageName} is not in its files any more as it was: they were changed or moved. Open them again.`,
  'images-at-hand': ({ images }) =>
    `${images === 1 ? 'One image' : `${images.toLocaleString('en')} images`} of the study can be read again; all of them were known.`,
  'mask-image-not-here': () => 'The image is not at hand: connect its folder, or give it again.',
  'mask-file-without': ({ file }) => `${file} holds no mask any more: it was changed or moved.`,
  'mask-many-labels': ({ labels, most }) =>
    `It has ${labels} labels; at most ${most} lesions are taken from a mask. Is it a mask of lesions?`,
  'mask-nothing-in-it': () => 'No voxel of it lies on the image.',
  'masks-laid': ({ masks, left, failed }) =>
    [
      `${masks === 1 ? 'One mask is an ROI' : `${masks.toLocaleString('en')} masks are ROIs`} now, in progress until you mark ${masks === 1 ? 'it' : 'them'} complete.`,
      ...(left > 0 ? [`${left === 1 ? 'One was' : `${left} were`} left, since something is drawn there.`] : []),
      ...(failed > 0 ? [`${failed === 1 ? 'One' : failed} could not be laid.`] : []),
    ].join(' '),
  'folder-not-there': ({ folder }) =>
    `Folder ${folder} cannot be read: it is not connected, or not where it was. Connect it, or give it again.`,
  'study-file-not-there': ({ file }) =>
    `Study file ${file} cannot be read: it is not connected, or not where it was. Connect it, or give it again.`,
  'study-file-of-others': ({ file }) =>
    `${file} holds none of the images that are missing. Give the study file that was saved with images.`,
  'import-drawn-on': ({ labels }) =>
    `The import stays: somebody drew on images of ${listSome(labels)}. Delete those ROIs first, or exclude patients on the work list.`,
  'no-role-yet': ({ label }) => `No image of ${label} has a role yet: choose which image is which at the right of the work list.`,
  'erase-open-elsewhere': () =>
    'An image of this patient is open in another tab, which would keep its ROI again. Close that tab first. Nothing was erased.',
  'analysis-not-merged': ({ name }) =>
    `The analysis in ${name} was not taken: it is of that study alone, and there was one here. Open the file in an empty study to see it.`,
  'images-not-here': ({ label }) => `The images of ${label} are not at hand: connect their folder, or give it again.`,
  'row-too-long': ({ seconds }) =>
    `It was given up after ${seconds} s, twenty times as long as others of its size take. The others went on without it.`,
  'batch-elsewhere': () => 'Features of this study are computed in another tab. Wait until that is done, or cancel it there.',
  'all-done': () => 'All done: no ROI is left to draw for this reader.',
  'study-not-kept': ({ reason }, say) =>
    `The work list is not kept in this browser, or not found again: ${say(reason)} It holds while the page is open.`,
  'sample-mask-laid': () =>
    "The sample's own mask was laid on it without asking: same grid, its one label. Masks of yours are shown for review first.",
  'lesions-laid': ({ count, empty, locked }) =>
    [
      `${count === 1 ? 'One lesion was' : `${count} lesions were`} laid on the image, each with its own undo.`,
      ...(empty > 0 ? [`${empty === 1 ? 'One label has' : `${empty} labels have`} no voxel inside the image.`] : []),
      ...(locked.length > 0 ? [`${locked.join(', ')} ${locked.length === 1 ? 'is' : 'are'} locked and stayed.`] : []),
    ].join(' '),
  'lesions-in-files': ({ files }) =>
    `Lesions overlap, and a voxel of a label map has one label: they are in ${files.length} files, each whole. ${files.map(({ name, lesions }) => `${name}: ${lesions.join(', ')}`).join('; ')}.`,
  'lesion-locked': ({ lesion, by, at }) =>
    `${lesion} is not deleted: an ROI of it was locked by ${by} on ${formatDateTime(at)}. Unlock it in the panel Reader first.`,
  'lesion-of-others': ({ lesion, by }) =>
    `${lesion} is not deleted: ${by} has drawn it too, and a lesion goes with all its ROIs. Delete your own ROIs of it on the Images screen instead.`,
  'deleted-for-good': () => 'It was deleted more than 30 s ago, or in a session that ended on a full disk: it is gone.',
  'locked-stays': ({ imageName, by, at }) =>
    `The ROI of ${imageName} is not deleted: it was locked by ${by} on ${formatDateTime(at)}, so that it stays as it is. To delete it, open its image and unlock it in the panel Reader first. Where both readers have locked theirs, both stay.`,
  'delete-unkept': ({ imageName }) =>
    `The ROI of ${imageName} was drawn on since it was kept last: open its image and save it, or take it back, first.`,
  'delete-open-elsewhere': () => 'The image of this ROI is open in another tab, where it may be drawn on: close that tab first.',
  'geometry-unknown': () => 'Its geometry is not known: open its image once, then save all ROIs again.',
  'deleted-meanwhile': () => 'It was deleted meanwhile.',
  'rois-not-taken-over': ({ reason }, say) =>
    `ROIs that an earlier version of Texel kept in this browser could not all be taken over (${say(reason)}). They are not lost: reload the page to try again.`,
  'settings-not-found': ({ reason }, say) =>
    `What was set in earlier sessions is not found: this browser does not give it (${say(reason)}).`,
  'settings-not-kept': ({ reason }, say) =>
    `What was set is forgotten when the page closes: this browser does not keep it (${say(reason)}).`,
  'curves-not-kept': ({ reason }, say) =>
    `Enhancement curves are forgotten when the page closes: this browser does not keep them (${say(reason)}).`,
  'analysis-not-kept': ({ reason }, say) =>
    `The analysis is lost when the page closes: this browser does not keep it (${say(reason)}). It goes on; save what it gives.`,
  'task-failed': ({ task, reason }, say) => `Task ${task} was not computed to its end. ${say(reason)}`,
  'analysis-deleted': ({ results }) =>
    `What this browser kept of the study was deleted. Its tables and protocol are kept anew; ${results === 1 ? 'one result is' : `${results} results are`} gone: what is shown stays until the page is closed, and a run brings them back.`,
  'study-elsewhere': () =>
    'Nothing was changed: the study is open in another tab, and here it is looked at only. Go on there, or close that tab.',
  'phases-not-kept': ({ reason }, say) =>
    `What is decided about phases is forgotten when the page closes: this browser does not keep it (${say(reason)}).`,
  'lesions-not-kept': ({ reason }, say) =>
    `The lesions of the patients are forgotten when the page closes: this browser does not keep them (${say(reason)}).`,
  'patients-not-kept': ({ reason }, say) =>
    `Whose the images are is forgotten when the page closes: this browser does not keep it (${say(reason)}).`,
  'polygon-not-kept': ({ reason }, say) =>
    `The open polygon is not kept when the page closes: this browser refused it (${say(reason)}). Close it soon.`,
  'parameters-not-kept': ({ reason }, say) =>
    `The parameters are not kept for the next time: this browser refuses it (${say(reason)}).`,
  'tables-not-kept': ({ reason }, say) =>
    `Tables of features are lost when the page closes: this browser does not keep them (${say(reason)}). Save them as CSV.`,
}
