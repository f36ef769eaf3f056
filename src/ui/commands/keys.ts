import { toolNames, toolRow, type Preset, type Tool } from '../../viewer/index.ts'

/** A key that was pressed, as in `KeyboardEvent`. */
export interface KeyPress {
  readonly key: string
  readonly code?: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

export type KeyGroup =
  | 'Tools'
  | 'Brush'
  | 'ROI'
  | 'Slices and cursor'
  | 'Grey levels'
  | 'Views'
  | 'Phases'
  | 'Second image'
  | 'Patients'
  | 'Work list'
  | 'Program'

interface KeyRow {
  readonly id: string
  readonly label: string
  readonly group: KeyGroup
  /** As `Ctrl+Shift+J`, `PageUp`, `+`. Shift is named with letters and named keys only: `?` is `?`. The first is shown in hints. */
  readonly keys: Readonly<Record<Preset, readonly string[]>>
}

const row = <Id extends string>(id: Id, label: string, group: KeyGroup, itkSnap: string, pacs = itkSnap) => ({
  id,
  label,
  group,
  keys: { 'itk-snap': itkSnap.split(' '), pacs: pacs.split(' ') },
})

const keysOfTool = (tool: Tool) => {
  const { label, name = label, keys } = toolRow(tool)
  return row(`tool.${tool}`, name, 'Tools', keys['itk-snap'], keys.pacs)
}

/**
 * Every key of the program, for both hand presets. Keys that ITK-SNAP, or OHIF and VolView (PACS), give to a function stand
 * for the same function here; what they do not have takes a key that is free in them.
 */
export const keyTable = [
  ...toolNames.map(keysOfTool),
  row('tool.contour', 'Active contour', 'Tools', '5', '6'),
  row('draw.atCursor', 'Draw at the cursor, while held', 'ROI', 'Space', 'Shift+Space'),
  row('draw.accept', 'Accept the preview, fill the outline', 'ROI', 'Enter Ctrl+Enter'),
  row('draw.takeOut', 'Take the outline or preview out of the ROI', 'ROI', 'Shift+Enter'),
  row('draw.back', 'Remove the last point', 'ROI', 'Backspace'),
  row('draw.removeVertex', 'Remove the point under the pointer, or the bubble at the cursor', 'ROI', 'Delete'),
  row('draw.paste', 'Paste the last outline, on the next slice', 'ROI', 'Ctrl+V'),
  row('brush.larger', 'Larger brush', 'Brush', '+ = ]', '] +'),
  row('brush.smaller', 'Smaller brush', 'Brush', '- _ [', '[ -'),
  row('brush.shape', 'Disc or sphere', 'Brush', 'Shift+B'),
  row('mask.undo', 'Undo', 'ROI', 'Ctrl+Z Z', 'Ctrl+Z'),
  row('mask.redo', 'Redo', 'ROI', 'Ctrl+Shift+Z Ctrl+Y Y', 'Ctrl+Shift+Z Ctrl+Y'),
  row('mask.toggle', 'Show or hide the ROI', 'ROI', 'S G', 'S'),
  row('mask.style', 'ROI as fill or as outline', 'ROI', 'O'),
  row('mask.goTo', 'Go to the ROI', 'ROI', 'H'),
  row('mask.fainter', 'Fainter ROI', 'ROI', 'A'),
  row('mask.stronger', 'Stronger ROI', 'ROI', 'D'),
  row('mask.save', 'Save the ROI', 'ROI', 'Ctrl+S'),
  row('lesion.next', 'Next lesion', 'ROI', '>'),
  row('lesion.previous', 'Lesion before it', 'ROI', '<'),
  row('lesion.add', 'Another lesion', 'ROI', 'Shift+A'),
  row('stroke.cancel', 'Cancel the stroke, discard outline or preview', 'ROI', 'Escape'),
  row('slice.next', 'Next slice', 'Slices and cursor', 'PageUp', 'ArrowDown PageUp'),
  row('slice.previous', 'Previous slice', 'Slices and cursor', 'PageDown', 'ArrowUp PageDown'),
  row('slice.first', 'First slice', 'Slices and cursor', 'Home'),
  row('slice.last', 'Last slice', 'Slices and cursor', 'End'),
  row('cursor.left', 'Cursor left', 'Slices and cursor', 'ArrowLeft', 'Shift+ArrowLeft'),
  row('cursor.right', 'Cursor right', 'Slices and cursor', 'ArrowRight', 'Shift+ArrowRight'),
  row('cursor.up', 'Cursor up', 'Slices and cursor', 'ArrowUp', 'Shift+ArrowUp'),
  row('cursor.down', 'Cursor down', 'Slices and cursor', 'ArrowDown', 'Shift+ArrowDown'),
  row('cursor.left5', 'Cursor left by 5 voxels', 'Slices and cursor', 'Shift+ArrowLeft', 'Ctrl+ArrowLeft'),
  row('cursor.right5', 'Cursor right by 5 voxels', 'Slices and cursor', 'Shift+ArrowRight', 'Ctrl+ArrowRight'),
  row('cursor.up5', 'Cursor up by 5 voxels', 'Slices and cursor', 'Shift+ArrowUp', 'Ctrl+ArrowUp'),
  row('cursor.down5', 'Cursor down by 5 voxels', 'Slices and cursor', 'Shift+ArrowDown', 'Ctrl+ArrowDown'),
  row('window.auto', 'Window from the image', 'Grey levels', 'Ctrl+J J'),
  row('window.reset', 'Window as at the start', 'Grey levels', 'Ctrl+Shift+J Shift+J'),
  row('window.softTissue', 'Soft tissue, CT', 'Grey levels', '7', '1'),
  row('window.lung', 'Lung, CT', 'Grey levels', '8', '2'),
  row('window.liver', 'Liver, CT', 'Grey levels', '9', '3'),
  row('window.bone', 'Bone, CT', 'Grey levels', '0', '4'),
  row('window.brain', 'Brain, CT', 'Grey levels', 'B', '5'),
  row('view.interpolation', 'Smooth or true voxels', 'Grey levels', 'Shift+I'),
  row('view.fit', 'Fit the views', 'Views', 'Ctrl+F F', '= Space F'),
  row('view.centre', 'Centre on the cursor', 'Views', 'C', 'Shift+C'),
  row('view.maximise', 'One view or all three', 'Views', '|'),
  row('view.surface', 'ROI as a surface in 3D on or off', 'Views', 'Shift+O'),
  row('view.panels', 'Panels beside the views on or off', 'Views', 'Shift+W'),
  row('view.crosshair', 'Crosshair on or off', 'Views', 'Shift+X'),
  row('view.annotations', 'Annotations on or off', 'Views', 'X'),
  row('image.next', 'Next image of the patient', 'Views', '.'),
  row('image.previous', 'Image before it', 'Views', ','),
  row('phase.next', 'Next phase', 'Phases', 'I'),
  row('phase.previous', 'Phase before it', 'Phases', 'U'),
  row('phase.subtract', 'Subtraction of the first phase on or off', 'Phases', 'Shift+U'),
  row('phase.play', 'Phases one after the other, or stop', 'Phases', 'Shift+V'),
  row('phase.tiles', 'All phases as tiles on or off', 'Phases', 'Shift+T'),
  row('phase.project', 'Projection (MIP) on or off', 'Phases', 'Shift+M'),
  row('second.mirror', 'The other side, mirrored, on or off', 'Second image', 'Shift+R'),
  row('second.toggle', 'Second image on or off', 'Second image', 'W'),
  row('second.fainter', 'Fainter second image', 'Second image', 'Q'),
  row('second.stronger', 'Stronger second image', 'Second image', 'E', 'Shift+E'),
  row('second.way', 'Side by side or overlay', 'Second image', '\\'),
  row('second.left', 'Move it left by 0.5 mm', 'Second image', 'Alt+ArrowLeft'),
  row('second.right', 'Move it right by 0.5 mm', 'Second image', 'Alt+ArrowRight'),
  row('second.up', 'Move it up by 0.5 mm', 'Second image', 'Alt+ArrowUp'),
  row('second.down', 'Move it down by 0.5 mm', 'Second image', 'Alt+ArrowDown'),
  row('second.deeper', 'Move it to the next slice by 0.5 mm', 'Second image', 'Alt+PageUp'),
  row('second.nearer', 'Move it to the slice before by 0.5 mm', 'Second image', 'Alt+PageDown'),
  row('patients.next', 'Next to do', 'Patients', 'Shift+N'),
  row('patients.previous', 'Patient before', 'Patients', 'Shift+P'),
  row('patients.done', 'Done: complete, and on to the next to do', 'Patients', 'Shift+D'),
  row('patients.flag', 'Flag with a note', 'Patients', 'Shift+F'),
  row('patients.list', 'Work list or views', 'Patients', 'Shift+L'),
  row('list.next', 'Next row', 'Work list', 'ArrowDown'),
  row('list.previous', 'Row before', 'Work list', 'ArrowUp'),
  row('list.pageDown', 'A page down', 'Work list', 'PageDown'),
  row('list.pageUp', 'A page up', 'Work list', 'PageUp'),
  row('list.first', 'First row', 'Work list', 'Home'),
  row('list.last', 'Last row', 'Work list', 'End'),
  row('list.open', 'Open the patient', 'Work list', 'Enter'),
  row('list.back', 'Back to the views', 'Work list', 'Escape'),
  row('list.find', 'Find', 'Work list', '/'),
  row('list.exclude', 'Exclude with a reason, or take back', 'Work list', 'Delete'),
  row('study.save', 'Save the study to a file', 'Program', 'Shift+S'),
  row('program.startOver', 'Start over with the sample, while presenting', 'Program', 'Ctrl+Shift+Home'),
  row('program.keys', 'This list', 'Program', '?'),
] as const satisfies readonly KeyRow[]

export type CommandId = (typeof keyTable)[number]['id']

/** Where keys work: what the work list does not have does nothing there, but for what goes everywhere. */
export type KeyScope = 'views' | 'list'

const everywhere: ReadonlySet<KeyGroup> = new Set<KeyGroup>(['Patients', 'Program'])
export const isInScope = (group: KeyGroup, scope: KeyScope) =>
  everywhere.has(group) || (group === 'Work list') === (scope === 'list')

/** The command of a key press; undefined if the preset gives it none. */
export function commandForKey(press: KeyPress, preset: Preset, scope: KeyScope = 'views'): CommandId | undefined {
  const pressed = nameKey(press)
  return keyTable.find(({ keys, group }) => isInScope(group, scope) && keys[preset].includes(pressed))?.id
}

/** The keys of a command, the first being the one to show beside its button. */
export function keysOf(id: CommandId, preset: Preset): readonly string[] {
  return keyTable.find((entry) => entry.id === id)!.keys[preset]
}

/** A key press in the writing of the table. */
export function nameKey({ key, code, shiftKey, ctrlKey, altKey, metaKey }: KeyPress): string {
  // A keyboard with other letters (Greek, Cyrillic) still has the Latin key in that place.
  const physical = /^Key([A-Z])$/.exec(code ?? '')?.[1]
  const isForeign = key.length === 1 && key.charCodeAt(0) > 127 && physical !== undefined
  const name = isForeign ? physical : key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  const isSign = name.length === 1 && !/[A-Z]/.test(name)
  return [ctrlKey || metaKey ? 'Ctrl+' : '', altKey ? 'Alt+' : '', shiftKey && !isSign ? 'Shift+' : '', name].join('')
}

const keySigns: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  Backspace: '⌫',
  '-': '−',
}

/** How a key of the table is written on the screen, e.g. `Shift+←`. */
export function writeKey(key: string): string {
  const plus = key.lastIndexOf('+', key.length - 2) + 1
  const name = key.slice(plus)
  return key.slice(0, plus) + (keySigns[name] ?? name)
}
