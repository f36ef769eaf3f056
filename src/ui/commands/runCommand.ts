import { middleOfRegion } from '../../core/mask/middleOfRegion.ts'
import { wayInView } from '../../state/alignments.ts'
import { findBubble } from '../../state/contour.ts'
import { ctWindows, gridPlanes, mayTake, toolNames, type CtTissue, type Tool, type Viewer } from '../../viewer/index.ts'
import type { CommandId } from './keys.ts'
import type { FourthView } from '../../state/layout.ts'
import type { Session } from '../../state/session.ts'

const brushStep = 1.2
const opacityStep = 0.1
const nudgeMm = 0.5

/** What a key or its button does. @returns false where the command means nothing now */
export function runCommand(session: Session, command: CommandId): boolean {
  const { handStore, screenStore } = session
  if (command === 'program.keys') {
    screenStore.getState().showKeys(true)
    return true
  }
  if (command === 'program.startOver') {
    void session.startOver?.()
    return session.startOver !== null
  }
  if (command === 'study.save') {
    if (session.workListStore.getState().rows.length === 0) return false
    session.askStudyCopy()
    return true
  }
  if (isOfPatients(command)) return patientCommands[command](session)
  const { viewer } = handStore.getState()
  if (screenStore.getState().screen !== 'roi' || !viewer) return false
  if (changing.has(command) && viewer.getState().isBlind) return false
  const act = viewerCommands[command]
  act(viewer, session)
  return true
}

type PatientCommand = Extract<CommandId, `patients.${string}` | `list.${string}`>
const isOfPatients = (command: CommandId): command is PatientCommand => /^(patients|list)\./.test(command)

/** The work list stands on the ROI screen: in front of the views, or because there is nothing to see in them. */
export function isListInFront({ roiStore, screenStore, workListStore }: Session): boolean {
  const { screen, listShown } = screenStore.getState()
  const isAny = workListStore.getState().rows.length > 0
  return screen === 'roi' && isAny && (listShown || roiStore.getState().open === null)
}

const pageRows = 15
const toRow = (step: number) => (session: Session) => {
  session.workListStore.getState().step(step)
  // Enter is for the row then, and not for the button that had the focus.
  document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true })
  return true
}
/** The patient whose row is in hand on the list, else the one whose image is. */
const patientInHand = (session: Session) =>
  isListInFront(session) ? session.workListStore.getState().patient : (session.findHand()?.patient ?? null)

/** What goes over the list does nothing while there is none. */
const overList = (act: (session: Session) => void) => (session: Session) => {
  if (session.workListStore.getState().rows.length === 0) return false
  act(session)
  return true
}

const patientCommands: Readonly<Record<PatientCommand, (session: Session) => boolean>> = {
  'patients.next': overList(({ nextToDo }) => void nextToDo()),
  'patients.previous': overList(({ previousPatient }) => void previousPatient()),
  'patients.done': (session) => {
    if (session.screenStore.getState().screen !== 'roi' || isListInFront(session) || !session.findHand()) return false
    session.handStore.getState().viewer?.endStroke()
    void session.doneAndOn()
    return true
  },
  'patients.flag': (session) => {
    const patient = session.screenStore.getState().screen === 'roi' ? patientInHand(session) : null
    if (patient !== null) session.workListStore.getState().ask({ what: 'flag', patient })
    return patient !== null
  },
  'patients.list': overList((session) => {
    const { findHand, screenStore, workListStore } = session
    const hand = findHand()
    if (hand) workListStore.getState().choose(hand.patient)
    screenStore.getState().showList(!isListInFront(session))
    screenStore.getState().show('roi')
  }),
  'list.next': toRow(1),
  'list.previous': toRow(-1),
  'list.pageDown': toRow(pageRows),
  'list.pageUp': toRow(-pageRows),
  'list.first': toRow(-Infinity),
  'list.last': toRow(Infinity),
  'list.open': ({ openPatient, workListStore }) => {
    const { patient } = workListStore.getState()
    if (patient !== null) void openPatient(patient)
    return patient !== null
  },
  'list.back': ({ roiStore, screenStore }) => {
    if (!roiStore.getState().open) return false
    screenStore.getState().showList(false)
    return true
  },
  'list.find': () => {
    const find = document.querySelector<HTMLInputElement>('[data-find]')
    find?.focus()
    return find !== null
  },
  'list.exclude': ({ workListStore }) => {
    const { patient, rows, ask, include } = workListStore.getState()
    const row = rows.find((one) => one.patient.id === patient)
    if (!row) return false
    if (row.state === 'excluded') void include(row.patient.id)
    else ask({ what: 'exclude', patient: row.patient.id })
    return true
  },
}

/** A mask under review, or a preview, is looked at, not painted on. */
const mayDraw = ({ maskReviewStore, maskOperationStore }: Session) =>
  !maskReviewStore.getState().proposal && maskOperationStore.getState().run.status !== 'preview'
const take = (tool: Tool) => (viewer: Viewer, session: Session) => {
  const isDrawingStrokes = session.seedsStore.getState().isDrawing
  if (mayTake(tool, { mayDraw: mayDraw(session), isDrawingStrokes })) viewer.setTool(tool)
}
const toolCommands = Object.fromEntries(toolNames.map((tool) => [`tool.${tool}`, take(tool)])) as Record<
  `tool.${Tool}`,
  (viewer: Viewer, session: Session) => void
>
/** What the brush draws on. */
const drawnStore = ({ seedsStore, roiStore }: Session) =>
  seedsStore.getState().isDrawing ? seedsStore.getState() : roiStore.getState()
const nudge = (right: number, down: number) => (viewer: Viewer) => viewer.nudgeCursor(viewer.getState().activePlane, right, down)
const scroll = (count: number) => (viewer: Viewer) => viewer.scroll(viewer.getState().activePlane, count)

/** A mask under review, or a preview, is meant for the lesion in hand. */
const stepLesion = (step: 1 | -1) => (_: Viewer, session: Session) => {
  if (mayDraw(session)) void session.stepLesion(step)
}

/** In another image than a CT it would show black or white alone. */
const ctWindow = (tissue: CtTissue) => (viewer: Viewer) => {
  if (viewer.getState().isHounsfield) viewer.setWindow(ctWindows[tissue])
}

/** Of the second image in the overlay, which it brings into view. */
const fade =
  (by: number) =>
  (_: Viewer, { secondImage, secondStore }: Session) => {
    if (!secondImage()) return
    const { share, setShare, setWay } = secondStore.getState()
    setWay('fade')
    setShare(share + by)
  }

/** By so many mm as seen in the view under the hand. */
const moveSecond =
  (way: Parameters<typeof wayInView>[2]) =>
  (viewer: Viewer, { roiStore, nudgeSecond }: Session) => {
    const { open } = roiStore.getState()
    if (open) nudgeSecond(wayInView(open.image.direction, viewer.getState().activePlane, way, nudgeMm))
  }

const toggleFourth =
  (what: FourthView) =>
  (_: Viewer, { layoutStore }: Session) => {
    const { fourth, showFourth } = layoutStore.getState()
    showFourth(fourth === what ? null : what)
  }

/** What changes the ROI, or what is to become of it: not while no view has its picture, for nobody sees what is done. */
const changing: ReadonlySet<CommandId> = new Set<CommandId>([
  'draw.accept',
  'draw.takeOut',
  'draw.back',
  'draw.removeVertex',
  'draw.paste',
  'mask.undo',
  'mask.redo',
  'stroke.cancel',
])

/** The bubble that the cursor lies in, while its list is open. */
function removeBubble(viewer: Viewer, { roiStore, contourStore, screenStore }: Session): void {
  const { open } = roiStore.getState()
  const { bubbles, remove } = contourStore.getState()
  const { semiAutomatic, semiAutomaticOpen } = screenStore.getState()
  const { cursor } = viewer.getState()
  if (!open || !cursor || semiAutomatic !== 'contour' || !semiAutomaticOpen) return
  const at = findBubble(bubbles, open.image, cursor.index)
  if (at >= 0) remove(at)
}

const viewerCommands: Record<
  Exclude<CommandId, 'program.keys' | 'program.startOver' | 'study.save' | PatientCommand>,
  (viewer: Viewer, session: Session) => void
> = {
  ...toolCommands,
  'tool.contour': (_, { seedsStore, screenStore }) => {
    seedsStore.getState().draw(false)
    screenStore.getState().chooseSemiAutomatic('contour')
    screenStore.getState().openSemiAutomatic(true)
  },
  'draw.atCursor': (viewer) => viewer.putToolOnCursor(viewer.getState().activePlane),
  'draw.accept': (viewer, { maskOperationStore, growthStore }) => {
    if (!maskOperationStore.getState().accept() && !growthStore.getState().accept('add')) viewer.fillOutline()
  },
  'draw.takeOut': (viewer, { growthStore }) => {
    if (!growthStore.getState().accept('takeOut')) viewer.fillOutline(0)
  },
  'draw.back': (viewer) => {
    if (!viewer.removeOutlinePoint()) viewer.removeOutlineVertex()
  },
  'draw.removeVertex': (viewer, session) => {
    if (!viewer.removeOutlineVertex()) removeBubble(viewer, session)
  },
  'draw.paste': (viewer, session) => {
    if (mayDraw(session)) viewer.pasteOutline()
  },
  'brush.larger': (viewer) => viewer.setBrush({ radiusMm: viewer.getState().brush.radiusMm * brushStep }),
  'brush.smaller': (viewer) => viewer.setBrush({ radiusMm: viewer.getState().brush.radiusMm / brushStep }),
  'brush.shape': (viewer) => viewer.setBrush({ shape: viewer.getState().brush.shape === 'disc' ? 'sphere' : 'disc' }),
  'mask.undo': (viewer, session) => {
    // A stroke or a point under way is the last thing done.
    if (!viewer.cancelStroke() && !viewer.removeOutlinePoint()) drawnStore(session).undo()
  },
  'mask.redo': (_, session) => drawnStore(session).redo(),
  'mask.toggle': (viewer) => viewer.setMaskVisible(!viewer.getState().maskVisible),
  'mask.style': (_, { handStore }) =>
    handStore.getState().setMaskStyle(handStore.getState().maskStyle === 'fill' ? 'outline' : 'fill'),
  'mask.goTo': (viewer, { roiStore }) => {
    const { open, drawnBox } = roiStore.getState()
    if (!open || !drawnBox) return
    const index = middleOfRegion(open.mask, gridPlanes(open.image.direction).axial.through.axis, drawnBox)
    if (index) viewer.moveCursor({ index })
  },
  'lesion.next': stepLesion(1),
  'lesion.previous': stepLesion(-1),
  'lesion.add': (_, session) => {
    if (mayDraw(session)) void session.addLesion()
  },
  'mask.fainter': (viewer) => viewer.setOpacity(Math.max(0.05, viewer.getState().opacity - opacityStep)),
  'mask.stronger': (viewer) => viewer.setOpacity(Math.min(1, viewer.getState().opacity + opacityStep)),
  'mask.save': (_, { saveStore }) => void saveStore.getState().saveMask(),
  'stroke.cancel': (viewer, { maskOperationStore, growthStore }) => {
    const isOver = viewer.cancelStroke() || maskOperationStore.getState().cancel() || growthStore.getState().discard()
    if (!isOver) viewer.clearSketch()
  },
  'slice.next': scroll(1),
  'slice.previous': scroll(-1),
  'slice.first': scroll(-Infinity),
  'slice.last': scroll(Infinity),
  'cursor.left': nudge(-1, 0),
  'cursor.right': nudge(1, 0),
  'cursor.up': nudge(0, -1),
  'cursor.down': nudge(0, 1),
  'cursor.left5': nudge(-5, 0),
  'cursor.right5': nudge(5, 0),
  'cursor.up5': nudge(0, -5),
  'cursor.down5': nudge(0, 5),
  'window.auto': (viewer) => viewer.autoWindow(),
  'window.reset': (viewer) => viewer.resetWindow(),
  'window.softTissue': ctWindow('softTissue'),
  'window.lung': ctWindow('lung'),
  'window.liver': ctWindow('liver'),
  'window.bone': ctWindow('bone'),
  'window.brain': ctWindow('brain'),
  'view.interpolation': (viewer) => viewer.setInterpolation(viewer.getState().interpolation === 'linear' ? 'nearest' : 'linear'),
  'view.fit': (viewer) => viewer.fit(),
  'view.centre': (viewer) => viewer.centre(),
  'view.maximise': (viewer) => viewer.maximise(viewer.getState().maximised === null ? viewer.getState().activePlane : null),
  'view.panels': (_, { layoutStore }) => {
    const { layout, set } = layoutStore.getState()
    set({ areFolded: !layout.areFolded })
  },
  'view.crosshair': (viewer) => viewer.setCrosshairVisible(!viewer.getState().crosshairVisible),
  'image.next': (_, { switchImage }) => switchImage(1),
  'image.previous': (_, { switchImage }) => switchImage(-1),
  'phase.next': (_, { stepPhase }) => void stepPhase(1),
  'phase.previous': (_, { stepPhase }) => void stepPhase(-1),
  'phase.subtract': (_, { toggleSubtraction }) => void toggleSubtraction(),
  'phase.play': (_, { togglePlaying }) => togglePlaying(),
  'phase.tiles': (_, { layoutStore, seriesInHand }) => {
    const { areTiled, tile } = layoutStore.getState()
    tile(!areTiled && seriesInHand() !== null)
  },
  'phase.project': toggleFourth('projection'),
  'view.surface': toggleFourth('surface'),
  'second.mirror': (_, { toggleMirror }) => void toggleMirror(),
  'second.toggle': (_, { toggleSecond }) => toggleSecond(),
  'second.fainter': fade(-opacityStep),
  'second.stronger': fade(opacityStep),
  'second.way': (_, { secondImage, secondStore }) => {
    const { way, setWay } = secondStore.getState()
    if (secondImage()) setWay(way === 'beside' ? 'fade' : 'beside')
  },
  'second.left': moveSecond('left'),
  'second.right': moveSecond('right'),
  'second.up': moveSecond('up'),
  'second.down': moveSecond('down'),
  'second.deeper': moveSecond('deeper'),
  'second.nearer': moveSecond('nearer'),
  'view.annotations': (viewer) => viewer.setAnnotationsVisible(!viewer.getState().annotationsVisible),
}
