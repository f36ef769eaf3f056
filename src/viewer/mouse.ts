import { isPainting, toolRow, type DragAction, type Preset, type Tool } from './tools.ts'

export type WheelAction = 'slice' | 'zoom' | 'brushSize'

export interface Modifiers {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  /** The command key of a Mac counts as Ctrl. */
  readonly metaKey: boolean
}

/** The tool that a left drag has when the program starts: ITK-SNAP moves the cursor, a PACS the window. */
export function startTool(preset: Preset): Tool {
  return preset === 'itk-snap' ? 'cursor' : 'window'
}

/** The other end of a pen, as in `PointerEvent.button`. */
const penEraser = 5

/** What a drag with this button (as in `PointerEvent.button`) does; undefined for buttons without a meaning. */
export function dragAction(button: number, keys: Modifiers, tool: Tool, preset: Preset): DragAction | undefined {
  if (button === 1) return 'pan'
  if (button === 2) return (preset === 'itk-snap' && toolRow(tool).rightDrag) || 'zoom'
  if (button === penEraser) return toolRow(tool).rightDrag
  if (button !== 0) return undefined
  if (keys.shiftKey || keys.altKey) return 'pan'
  if (keys.ctrlKey || keys.metaKey) return 'zoom'
  return toolRow(tool).drag
}

export function wheelAction(keys: Modifiers, tool: Tool): WheelAction {
  if (keys.ctrlKey || keys.metaKey) return 'zoom'
  return keys.shiftKey && isPainting(tool) ? 'brushSize' : 'slice'
}

/** What the hints and the list of keys say of the mouse. */
export function mouseHints(preset: Preset): readonly { readonly gesture: string; readonly effect: string }[] {
  return [
    { gesture: 'Left drag', effect: 'The tool in hand' },
    { gesture: 'Wheel', effect: 'Next or previous slice' },
    { gesture: 'Ctrl+wheel', effect: 'Zoom' },
    { gesture: 'Shift+wheel', effect: 'Brush size, while painting' },
    { gesture: 'Middle drag, Shift+left or Alt+left', effect: 'Pan' },
    { gesture: 'Right drag, Ctrl+left', effect: 'Zoom' },
    ...(preset === 'itk-snap' ? [{ gesture: 'Right drag, while painting', effect: 'Erase' }] : []),
    ...(preset === 'itk-snap' ? [{ gesture: 'Right click or drag, polygon', effect: 'An outline that erases' }] : []),
    ...(preset === 'pacs' ? [{ gesture: 'Wheel, turned fast', effect: 'Several slices a step' }] : []),
    { gesture: 'Two fingers', effect: 'Pan and zoom' },
    { gesture: 'Pen', effect: 'The tool in hand; its other end erases, and one finger pans from then on' },
    { gesture: 'Double-click', effect: 'One view or all three' },
  ]
}

/** A turn of the wheel that a mouse makes in one notch is at least this, in pixels. */
const notchPixels = 40

/** Turns wheel events into whole steps: one for each notch of a mouse, one for each `notchPixels` of a touch pad. */
export function createWheelCounter(): (event: { deltaX: number; deltaY: number; deltaMode: number }) => number {
  let collected = 0
  return ({ deltaX, deltaY, deltaMode }) => {
    // With Shift held, browsers turn a vertical wheel into a horizontal one.
    const delta = deltaY || deltaX
    if (deltaMode !== 0 || Math.abs(delta) >= notchPixels) {
      collected = 0
      return Math.sign(delta)
    }
    if (Math.sign(delta) !== Math.sign(collected)) collected = 0
    collected += delta
    const steps = Math.trunc(collected / notchPixels) + 0
    collected -= steps * notchPixels
    return steps
  }
}

/** Steps that follow each other within so many ms, one way, go so many slices each; the quickest first. */
const wheelSpeeds = [
  { withinMs: 15, slices: 4 },
  { withinMs: 30, slices: 2 },
] as const

/** How many slices a step of the wheel goes: one, and more where a hand turns it fast. @returns of steps as `createWheelCounter` counts them */
export function createWheelSpeed(): (steps: number, timeStampMs: number) => number {
  let last = { way: 0, atMs: -Infinity }
  return (steps, timeStampMs) => {
    const way = Math.sign(steps)
    const gapMs = way === last.way ? timeStampMs - last.atMs : Infinity
    last = { way, atMs: timeStampMs }
    return wheelSpeeds.find(({ withinMs }) => gapMs <= withinMs)?.slices ?? 1
  }
}
