import type { BatchRow, ComputedOn } from '../../../core/study/batchRows.ts'
import type { WhyLeft } from '../../../core/study/computedRows.ts'
import type { Message } from '../../../core/messages/message.ts'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import { listSome } from '../../../messages/listSome.ts'
import { say } from '../../../messages/say.ts'
import type { TakenRows } from '../../../state/batch/takeComputed.ts'
import { formatCount } from '../../shared/formatNumber.ts'

/** What rows are looked at: all, those of a state, or those of which something is to be known. */
export type RowFilter = 'all' | BatchRow['state'] | 'warned'

export const filterNames: Readonly<Record<RowFilter, string>> = {
  all: 'All',
  ready: 'Ready',
  current: 'Up to date',
  blocked: 'Blocked',
  failed: 'Failed',
  setAside: 'Set aside',
  warned: 'With a warning',
}

export const rowFilters = Object.keys(filterNames) as readonly RowFilter[]

export const fits = (row: BatchRow, filter: RowFilter): boolean =>
  filter === 'all' ||
  row.state === filter ||
  (filter === 'warned' && row.warnings.length > 0 && (row.state === 'ready' || row.state === 'current'))

/** What is to be known of a row: why it is not computed, else what is unusual of it. */
export const tellOf = ({ state, reason, warnings }: BatchRow): readonly Message[] =>
  state === 'ready' || state === 'current' ? warnings : reason ? [reason] : []

export const rois = (count: number) => `${formatCount(count)} ${count === 1 ? 'ROI' : 'ROIs'}`
export const patients = (count: number) => `${formatCount(count)} ${count === 1 ? 'patient' : 'patients'}`

/** How the rows stand once none is left to compute; null while one is. Good news is only what holds of all of them. */
export function tellRest(rows: readonly BatchRow[]): { readonly kind: 'safe' | 'info' | 'warn'; readonly text: string } | null {
  const count = (...states: BatchRow['state'][]) => rows.filter(({ state }) => states.includes(state)).length
  if (rows.length === 0 || count('ready') > 0) return null
  const [current, blocked, failed] = [count('current'), count('blocked'), count('failed', 'setAside')]
  const told = [
    current > 0 && `${rois(current)} up to date`,
    blocked > 0 && `${rois(blocked)} cannot be computed yet`,
    failed > 0 && `${rois(failed)} failed or set aside`,
  ].filter(Boolean)
  if (current === rows.length) return { kind: 'safe', text: 'All ROIs are up to date.' }
  return { kind: failed > 0 ? 'warn' : 'info', text: `${told.join(', ')}: the reasons stand beside.` }
}

/** How many rows came from other machines, and which. */
export function tellTaken({ file, rows, hosts }: TakenRows): string {
  if (rows === 0) return `No row of ${file} was taken.`
  const where =
    hosts.length > 0 ? `, computed on ${listSome(hosts)}` : '; where they were computed is not known: its .run.json was not given'
  return `${rois(rows)} taken from ${file}${where}.`
}

/** Why rows of that table were left. */
export const tellLeft: Readonly<Record<WhyLeft, string>> = {
  reader: 'left: of another reader',
  unknown: 'left: nothing is drawn for them here',
  image: 'left: measured on an image with other voxels',
  mask: 'left: the ROI was changed since',
  parameters: 'left: computed with other parameters',
  program: 'left: computed by another version of Texel',
  part: 'left: some features are missing; compute them here to see why',
  there: 'left: up to date here already',
}

/** Of features that were not computed here. */
export const tellComputedOn = ({ host, at }: ComputedOn): string => `Computed on ${host}, ${formatDateTime(at)}.`

/** Of several rows, of which each has numbers of its own: what they have in common. By step and code. */
const headlines: Readonly<Record<string, string>> = {
  'study/row-without-image': 'No image has this role',
  'study/row-image-gone': 'The image is not at hand: give or connect its folder',
  'study/row-to-do': 'Nothing is drawn yet',
  'study/row-in-progress': 'The ROI is in progress: mark it complete',
  'study/row-other-voxels': 'The image has other voxels than the ROI was drawn on',
  'study/row-off-grid': 'The ROI does not stand on the voxels of its image',
  'study/row-small': 'Fewer than 64 mm³ or 10 voxels: texture means little',
  'study/row-at-edge': 'The ROI touches the edge of the image',
  'study/row-in-pieces': 'The ROI is in several pieces',
  'study/row-same-mask': 'Several patients have an ROI of the same voxels',
  'study/row-ended-browser': 'The browser ended on it several times',
  'state/row-too-long': 'Given up: it took twenty times as long as others of its size',
  'state/image-changed': 'The file of the image has changed',
  'extraction/roi-one-voxel': 'The ROI is one voxel',
  'extraction/roi-one-slice': 'The ROI lies in one slice: 3D shape means little',
  'extraction/roi-anisotropic': 'Voxels are much longer than they are wide',
  'extraction/grey-levels': 'Fewer than 16 or more than 128 grey levels in some images: texture is hardly comparable',
  'extraction/image-left-out': 'Some images are left out, as in PyRadiomics',
  'extraction/roi-slices-empty': 'Slices within the ROI are empty',
}

/** What rows have in common of which the same is to be said; the sentence of one of them where it is not foreseen. */
export const headlineOf = (code: string, example: Message): string => headlines[code] ?? say(example)
