import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMove,
  IconBrush,
  IconContrast,
  IconCrosshair,
  IconDeviceFloppy,
  IconEraser,
  IconColorPicker,
  IconPolygon,
  IconRulerMeasure,
  IconScissors,
  IconSeeding,
  IconMaximize,
  IconZoomIn,
  type Icon,
} from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { useStore } from 'zustand'
import { isLooking, type Tool } from '../../viewer/index.ts'
import { keysOf, writeKey, type CommandId } from '../commands/keys.ts'
import { runCommand } from '../commands/runCommand.ts'
import { Key } from '../shared/Key.tsx'
import { useSession } from '../shared/session.ts'

const tools: readonly (readonly [tool: Tool, name: string, icon: Icon, help: string])[] = [
  ['cursor', 'Cursor', IconCrosshair, 'Click or drag: all three planes go to that voxel'],
  ['window', 'Window', IconContrast, 'Drag right for a wider window, down for a darker image'],
  ['pan', 'Pan', IconArrowsMove, 'Drag the image; the middle button does it with every tool'],
  ['zoom', 'Zoom', IconZoomIn, 'Drag up to enlarge; the right button does it with every tool'],
  ['brush', 'Brush', IconBrush, 'Paint the ROI'],
  ['eraser', 'Eraser', IconEraser, 'Take voxels out of the ROI'],
  ['thresholdBrush', 'Threshold', IconColorPicker, 'A brush that paints only voxels within a range of grey levels'],
  ['polygon', 'Polygon', IconPolygon, 'Click points or drag a line round the tumour; Enter fills it'],
  ['scissors', 'Scissors', IconScissors, 'Cut the ROI with a rectangle or a lasso'],
  ['grow', 'Grow', IconSeeding, 'Grow a region of like grey levels from a click'],
  ['ruler', 'Ruler', IconRulerMeasure, 'Measure in mm between two clicks'],
]

/** Tools and the actions on the region, each with its key. */
export function ToolColumn() {
  const { handStore, maskOperationStore, maskReviewStore, roiStore, seedsStore } = useSession()
  const tool = useStore(handStore, (state) => state.settings?.tool)
  const isBlind = useStore(handStore, (state) => state.settings?.isBlind ?? false)
  const isReviewing = useStore(maskReviewStore, (state) => state.proposal !== null)
  const isPreviewing = useStore(maskOperationStore, (state) => state.run.status === 'preview')
  const { isDrawing, strokeCount, undoneCount } = useStore(seedsStore)
  const { undoCount, redoCount, voxelCount } = useStore(roiStore)
  return (
    <div className="tools" role="toolbar" aria-label="Tools" aria-orientation="vertical">
      {tools.map(([name, label, Icon, help]) => (
        <ToolButton
          key={name}
          command={`tool.${name}`}
          label={label}
          icon={Icon}
          help={help}
          pressed={tool === name}
          disabled={((isReviewing || isPreviewing) && !isLooking(name) && name !== 'ruler') || (isDrawing && name === 'grow')}
        />
      ))}
      <hr />
      <ToolButton
        command="mask.undo"
        label="Undo"
        icon={IconArrowBackUp}
        help="Take the last change of the ROI back"
        disabled={(isDrawing ? strokeCount : undoCount) === 0 || isReviewing || isBlind}
      />
      <ToolButton
        command="mask.redo"
        label="Redo"
        icon={IconArrowForwardUp}
        help="Make it again"
        disabled={(isDrawing ? undoneCount : redoCount) === 0 || isReviewing || isBlind}
      />
      <ToolButton
        command="mask.save"
        label="Save"
        icon={IconDeviceFloppy}
        help="Save the mask as NIfTI on the image's grid"
        disabled={voxelCount === 0 || isReviewing}
      />
      <hr />
      <ToolButton command="view.fit" label="Fit" icon={IconMaximize} help="Show the whole image in every view" />
    </div>
  )
}

interface ToolButtonProps {
  readonly command: CommandId
  readonly label: string
  readonly icon: Icon
  readonly help: string
  readonly pressed?: boolean
  readonly disabled?: boolean
}

function ToolButton({ command, label, icon: Icon, help, pressed, disabled = false }: ToolButtonProps) {
  const session = useSession()
  const { handStore } = session
  const preset = useStore(handStore, (state) => state.preset)
  const key = writeKey(keysOf(command, preset)[0])
  const short = key.replace('Ctrl+', '⌃').replace('Shift+', '⇧')
  return (
    <Tooltip label={`${label}: ${help} (${key})`} position="right">
      <button
        type="button"
        className="tool"
        aria-pressed={pressed}
        aria-keyshortcuts={key}
        disabled={disabled}
        onClick={() => runCommand(session, command)}
      >
        <Icon size={17} stroke={1.6} aria-hidden />
        {label}
        <Key>{short}</Key>
      </button>
    </Tooltip>
  )
}
