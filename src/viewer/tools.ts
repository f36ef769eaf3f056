/** Whose hand habits the program follows. */
export type Preset = 'itk-snap' | 'pacs'

interface DragRow {
  /** What the pointer looks like: a CSS cursor, or a sign (an SVG path of 20 x 20) beside a crosshair. */
  readonly pointer: string | { readonly sign: string }
  /** It changes the mask, or draws what will. */
  readonly edits?: true
  /** It follows every point that a fast hand makes between two frames. */
  readonly isLine?: true
  /** The outline of the brush is the pointer, and Shift with the wheel its size. */
  readonly isBrush?: true
}

const polygonSign = { sign: 'M6 4l7 2 3 6-6 5-6-4z' }

/** What a drag can do. */
export const drags = {
  cursor: { pointer: 'crosshair' },
  window: { pointer: 'ns-resize' },
  pan: { pointer: 'grab' },
  zoom: { pointer: 'zoom-in' },
  paint: { pointer: 'none', edits: true, isLine: true, isBrush: true },
  erase: { pointer: 'none', edits: true, isLine: true, isBrush: true },
  outline: { pointer: polygonSign, edits: true, isLine: true },
  outlineErase: { pointer: polygonSign, edits: true, isLine: true },
  cut: { pointer: { sign: 'M4 4l11 11M4 15L15 4M4 15a2 2 0 1 0 .1 0M15 15a2 2 0 1 0 .1 0' }, edits: true, isLine: true },
  pick: { pointer: { sign: 'M10 3c4 0 7 3 7 7s-3 7-7 7-7-3-7-7 3-7 7-7zM10 7v6M7 10h6' }, edits: true },
  measure: { pointer: { sign: 'M3 13L13 3l4 4L7 17zM8 8l2 2M11 5l2 2M5 11l2 2' } },
} as const satisfies Readonly<Record<string, DragRow>>

export type DragAction = keyof typeof drags

interface ToolRow {
  /** On its button. */
  readonly label: string
  /** In the list of keys, where that is longer. */
  readonly name?: string
  readonly help: string
  /** One or several with blanks between, written as in `ui/commands/keys.ts`; the first is shown. */
  readonly keys: Readonly<Record<Preset, string>>
  /** What a left drag does. */
  readonly drag: DragAction
  /** What a right drag does for hands of ITK-SNAP; else it zooms. */
  readonly rightDrag?: DragAction
  /** It works on the region that there is: not while strokes are drawn from which one will be found. */
  readonly needsRegion?: true
}

const sameKeys = (keys: string) => ({ 'itk-snap': keys, pacs: keys })

/** Every tool, in the order of their buttons: buttons, keys, helps, pointers and what the mouse does come from here. */
const tools = {
  cursor: {
    label: 'Cursor',
    help: 'Click or drag: all three planes go to that voxel',
    keys: { 'itk-snap': '1', pacs: 'C' },
    drag: 'cursor',
  },
  window: {
    label: 'Window',
    help: 'Drag right for a wider window, down for a darker image',
    keys: { 'itk-snap': 'V', pacs: 'L' },
    drag: 'window',
  },
  pan: {
    label: 'Pan',
    help: 'Drag the image; the middle button does it with every tool',
    keys: sameKeys('N'),
    drag: 'pan',
  },
  zoom: {
    label: 'Zoom',
    help: 'Drag up to enlarge; the right button does it with every tool',
    keys: { 'itk-snap': '2', pacs: 'Z' },
    drag: 'zoom',
  },
  brush: {
    label: 'Brush',
    help: 'Paint the ROI',
    keys: { 'itk-snap': '4', pacs: 'B P' },
    drag: 'paint',
    rightDrag: 'erase',
  },
  eraser: {
    label: 'Eraser',
    help: 'Take voxels out of the ROI',
    keys: { 'itk-snap': 'R', pacs: 'E' },
    drag: 'erase',
    rightDrag: 'erase',
  },
  thresholdBrush: {
    label: 'Threshold',
    name: 'Threshold brush',
    help: 'A brush that paints only voxels within a range of grey levels',
    keys: sameKeys('T'),
    drag: 'paint',
    rightDrag: 'erase',
  },
  polygon: {
    label: 'Polygon',
    help: 'Click points or drag a line round the tumour; Enter fills it',
    keys: { 'itk-snap': '3', pacs: 'G' },
    drag: 'outline',
    rightDrag: 'outlineErase',
  },
  scissors: {
    label: 'Scissors',
    help: 'Cut or fill the ROI with a rectangle or a lasso',
    keys: sameKeys('K'),
    drag: 'cut',
  },
  grow: {
    label: 'Grow',
    help: 'Grow a region of like grey levels from a click',
    keys: sameKeys('Shift+G'),
    drag: 'pick',
    needsRegion: true,
  },
  ruler: {
    label: 'Ruler',
    help: 'Measure in mm between two clicks',
    keys: { 'itk-snap': '6 M', pacs: 'M' },
    drag: 'measure',
  },
} as const satisfies Readonly<Record<string, ToolRow>>

export type Tool = keyof typeof tools

/** In the order of their buttons. */
export const toolNames = Object.keys(tools) as Tool[]

export function toolRow(tool: Tool): ToolRow {
  return tools[tool]
}

/** Drags that change the mask, or draw what will. */
export function isEditing(action: DragAction): boolean {
  return dragRow(action).edits === true
}

export function isLine(action: DragAction): boolean {
  return dragRow(action).isLine === true
}

export function isPainting(tool: Tool): boolean {
  return dragRow(tools[tool].drag).isBrush === true
}

/** Tools that move the picture and make nothing: a double click may enlarge a view. */
export function isLooking(tool: Tool): boolean {
  return ['cursor', 'window', 'pan', 'zoom'].includes(tools[tool].drag)
}

/**
 * Whether a tool may be taken in hand.
 * @param mayDraw a mask under review, or a preview, is looked at and measured, not drawn on
 * @param isDrawingStrokes the hand draws strokes from which a region will be found
 */
export function mayTake(tool: Tool, { mayDraw, isDrawingStrokes }: { mayDraw: boolean; isDrawingStrokes: boolean }): boolean {
  const { drag, needsRegion = false } = toolRow(tool)
  return (mayDraw || !isEditing(drag)) && !(needsRegion && isDrawingStrokes)
}

function dragRow(action: DragAction): DragRow {
  return drags[action]
}
