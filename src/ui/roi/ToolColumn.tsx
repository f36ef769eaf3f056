import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconMaximize, type Icon } from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { useStore } from 'zustand'
import { mayTake, toolNames, toolRow } from '../../viewer/index.ts'
import { keysOf, writeKey, type CommandId } from '../commands/keys.ts'
import { runCommand } from '../commands/runCommand.ts'
import { Key } from '../shared/Key.tsx'
import { useSession } from '../shared/session.ts'
import { toolParts } from './toolParts.ts'

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
      {toolNames.map((name) => (
        <ToolButton
          key={name}
          command={`tool.${name}`}
          label={toolRow(name).label}
          icon={toolParts[name].icon}
          help={toolRow(name).help}
          pressed={tool === name}
          disabled={!mayTake(name, { mayDraw: !isReviewing && !isPreviewing, isDrawingStrokes: isDrawing })}
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
