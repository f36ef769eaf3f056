import type { Marked } from '../../marked.ts'

/** Words of the shell around the screens and of what all screens are made of: they are there with the first screen. */
export const app = {
  // The rail.
  steps: 'Steps',
  partImages: 'Images',
  partAnalysis: 'Analysis',
  partLearn: 'Learn',
  screens: {
    study: 'Study',
    images: 'Images',
    roi: 'ROI',
    features: 'Features',
    cohorts: 'Cohorts',
    harmonise: 'Harmonise',
    agree: 'Agree',
    select: 'Select',
    train: 'Train',
    evaluate: 'Evaluate',
    report: 'Report',
    apply: 'Apply',
    playground: 'Playground',
    lessons: 'Lessons',
  },
  marks: { empty: 'empty', underWay: 'under way', done: 'done', stale: 'out of date', failed: 'failed' },
  stepAndMark: (step: string, mark: string) => `${step}, ${mark}`,
  lacks: {
    noFeatures: 'Needs a table of features',
    noBatches: 'No column of the tables is a batch',
    oneReader: 'No second reader',
  },
  stepAndLack: (step: string, lack: string) => `${step}: ${lack}`,

  // The bar above.
  noImageOpen: 'No image open',
  keysAndMouse: 'Keys and mouse',
  keysHint: 'Keys and mouse (?)',
  onThisMachine: 'On this machine only',
  onThisMachineHint:
    'Images are read, drawn on and computed in this page, which may not connect to another computer. What is kept, and where?',
  saving: 'Saving …',
  saved: (ago: string) => `Saved ${ago}`,
  savedHint: (promise: string) => `The ROI is kept in this browser and offered when the image is opened again. ${promise}`,
  notSaved: 'Not saved',
  drop: 'Drop',
  copyElsewhere: (ago: string) => `Copy elsewhere ${ago}`,
  noCopyElsewhere: 'No copy elsewhere',
  changesSince: (changes: string, isOne: boolean) => `, ${changes} ${isOne ? 'change' : 'changes'} since`,
  copyFailed: ', the automatic copy failed',
  copyAsks: ', the folder for copies asks',
  copyHint:
    'The study lies in this browser, whose data can be cleared. Save it to a file from time to time, best on another disk (Shift+S).',

  // The foot.
  positionHint: 'LPS position of the cursor: left, posterior and superior are positive',
  voxelHint: 'Voxel index of the cursor, counted from 0',
  voxel: (index: string) => `voxel ${index}`,
  grey: (value: string) => `grey ${value}`,
  nothingLeaves: 'Nothing you open leaves this computer',
  undoCounts: (undo: number, redo: number) => `Undo ${undo}${redo > 0 ? `, redo ${redo}` : ''}`,
  offline: {
    none: ['', ''],
    getting: ['Getting ready to work offline …', 'The rest of the program is taken into this browser.'],
    ready: ['Ready to work offline', 'All of the program is in this browser: it starts and works without its server.'],
    failed: [
      'Works with its server only',
      'Not all of the program could be taken into this browser. Reload the page to try again.',
    ],
  } as Readonly<Record<'none' | 'getting' | 'ready' | 'failed', readonly [text: string, help: string]>>,
  extracting: (done: number, total: number) => `Extracting ${total > 0 ? `${done} of ${total}` : ''}`,
  extractionProgress: 'Extraction progress',
  workers: (count: number) => (count === 1 ? '1 worker' : `${count} workers`),
  rate: (perSecond: string, left: string) => `${perSecond} images/s, ${left} left`,
  cancel: 'Cancel',
  computingRois: (isPaused: boolean, done: number, of: number) => `${isPaused ? 'Paused' : 'Computing'} ${done} of ${of} ROIs`,
  roisComputed: 'ROIs that are computed',

  // Notices over the foot.
  updateBlocked:
    'The new version waits: something still runs or is not kept yet, here or in another tab of Texel. Update when that is done.',
  updateReady: 'A new version of Texel is ready. All tabs of Texel are loaded again with it; what you drew is kept.',
  updateNow: 'Update now',
  roiDeleted: (image: string): Marked => ['The ROI of ', image, ' was deleted.'],
  lesionDeleted: (lesion: string, of: string, rois: number): Marked => [
    '',
    `${lesion} of ${of}`,
    ` was deleted${rois === 0 ? '' : rois === 1 ? ' with its ROI' : ` with its ${rois} ROIs`}.`,
  ],
  bringBack: (seconds: number) => ` For ${seconds} s it can be brought back.`,
  secondsLeft: (seconds: number) => `${seconds} s left`,
  undo: 'Undo',
  dismiss: 'Dismiss',
  cannotShow: (why: string) =>
    `This part of the page cannot be shown: ${why}. What you drew is kept. Show it again, or reload the page.`,
  showAgain: 'Show it again',

  // Numbers in words.
  notANumber: 'not a number',
  voxels: (count: string, isOne: boolean) => `${count} ${isOne ? 'voxel' : 'voxels'}`,
  justNow: 'just now',
  ago: (count: number, unit: 's' | 'min' | 'h' | 'd') => `${count} ${unit} ago`,

  // What several screens are made of.
  close: 'Close',
  clearSearch: 'Clear the search',
  keeping: {
    keeps: 'This browser keeps your ROIs until you delete them.',
    mayDelete: 'This browser may delete ROIs by itself when this computer runs out of space: save them as files.',
    unknown: 'This browser does not say how long it keeps ROIs: save them as files.',
  },
  progress: { empty: 'Empty', inProgress: 'In progress', complete: 'Complete', locked: 'Locked' },
  overlap: (inHand: string, other: string, voxels: string, slice: number) =>
    `${inHand} and ${other} share ${voxels}, most of them in slice ${slice}. Both keep them and are measured with them.`,
  learnLinks: {
    before: 'No data at hand? Learn what the figures mean in the ',
    playground: 'playground',
    between: ' or in ',
    lessons: 'five lessons',
    after: '.',
  },
  folders: {
    giveTheirs: 'Give their folder',
    giveAgain: 'Give the folder again',
    giveFileAgain: 'Give the file again',
    connect: 'Connect',
    folder: (name: string) => `Folder ${name}`,
    studyFile: (name: string) => `Study file ${name}`,
    images: (count: string, isOne: boolean) => `${count} ${isOne ? 'image' : 'images'}`,
    never: (images: string) =>
      `${images} of the study came with a study file, which does not hold them: give their folder to see them. ROIs and features are here.`,
    unknown: (images: string) =>
      `${images} of the study cannot be read until their folder is given again. ROIs and features are here.`,
    fileAgain: (name: string, images: string) =>
      `${images} of the study lie in ${name}, which this browser cannot read by itself: give the file again to see them. ROIs and features are here.`,
    gone: (place: string, images: string) =>
      `${place} is not where it was: its ${images} cannot be read until it is given again. ROIs and features are here.`,
    refused: (place: string, images: string) =>
      `${place} may not be read: its ${images} cannot be seen until you allow the browser to, or give it again. ROIs and features are here.`,
    apart: (place: string, images: string) => `${place} is not connected. Its ${images} are there, ROIs and features are here.`,
  },
  toDecide: 'To decide',
  notDecided: 'Not decided',
  proposed: (option: string) => `${option} (proposed)`,
  ofPatients: (count: number) => (count === 1 ? '(1 patient)' : `(${count} patients)`),
  everywhere: 'Everywhere in this column',
  isMeaning: (meaning: string) => `is ${meaning}`,
  andMore: (count: number) => `and ${count} more`,
}
