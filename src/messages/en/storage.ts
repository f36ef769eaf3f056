import type { KeptThing, StorageMessages } from '../../storage/messages.ts'
import type { Sentences } from '../sentences.ts'

const several: Readonly<Record<KeptThing, string>> = {
  database: 'databases',
  cache: 'caches',
  file: 'files',
  'service worker': 'service workers',
  setting: 'settings',
  'setting of this tab': 'settings of this tab',
}

const newer =
  'What is kept in this browser was kept by a newer version of Texel. Nothing of it is lost, and this version leaves it alone: open that newer version again to go on with it.'

export const storage: Sentences<StorageMessages> = {
  'still-there': ({ what, count }) => `${count} ${count === 1 ? what : several[what]}`,
  'not-removed': ({ what, reason }, say) => `${several[what]}: ${say(reason)}`,
  'no-room': () =>
    'This browser has no more room: the ROI is NOT kept. Save the mask as a file, then delete ROIs that you no longer need on the Images screen.',
  'not-kept': ({ reason }, say) =>
    `This browser does not keep data (${say(reason)}): the ROI is lost when the page closes. Save the mask as a file.`,
  'newer-database': () => newer,
  'newer-database-keeps-nothing': () => `${newer} What is drawn now is not kept: save the mask as a file.`,
  'earlier-version-open': () => 'another tab has it open with an earlier version of Texel: close that tab, then reload this page',
  'roi-damaged': () => 'The kept ROI is damaged and cannot be unpacked. Discard it.',
  'roi-cut-off': ({ voxels, expected }) => `The kept ROI has ${voxels} voxels where ${expected} were expected. Discard it.`,
}
