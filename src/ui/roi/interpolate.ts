import type { Axis } from '../../core/mask/brush.ts'
import type { Plane } from '../../viewer/index.ts'
import type { Session } from '../../state/session.ts'

/** Fills the slices between those that are drawn; shown first. @param sliceAxis of the image's grid, through the slices of the plane */
export function interpolate({ roiStore, maskOperationStore }: Session, plane: Plane, sliceAxis: Axis): void {
  const action = `Interpolate ${plane} slices`
  const { drawnBox } = roiStore.getState()
  if (drawnBox && drawnBox.lower[sliceAxis] === drawnBox.upper[sliceAxis]) {
    const text = `Only one ${plane} slice is drawn: draw at least two with a gap between them, or choose the plane you drew in.`
    maskOperationStore.getState().tell(action, text)
    return
  }
  void maskOperationStore.getState().start(action, { kind: 'interpolate', sliceAxis })
}
