import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { OrderDecision, PhaseTimes } from '../../core/cohort/timePhases.ts'
import type { FoundVolume } from '../../state/images.ts'
import { phasesWords } from '../../messages/words/phasesWords.ts'
import { extractSlice, greyScaleOf, gridPlanes, startWindow, type GreyWindow } from '../../viewer/index.ts'
import { Notice } from '../shared/Notice.tsx'
import { SliceCanvas } from '../shared/SliceCanvas.tsx'

interface OrderDecisionNoticeProps {
  readonly decision: OrderDecision
  /** Those that the orders count. */
  readonly images: readonly FoundVolume[]
  /** The source whose times are taken now. */
  readonly taken: PhaseTimes['from']
  readonly onChoose: (option: OrderDecision['options'][number]) => void
}

/** Two times in the files disagree: both orders, each phase with its middle slice, so that the one before contrast is seen. */
export function OrderDecisionNotice({ decision, images, taken, onChoose }: OrderDecisionNoticeProps) {
  const window = useMemo(() => commonWindow(images), [images])
  return (
    <Notice kind="warn">
      Two times in the files put the phases in different orders. Choose the right one; the first has no contrast yet:
      {decision.options.map((option) => (
        <div key={option.source} className="phaseOrder">
          <Button
            size="compact-xs"
            variant={option.source === taken ? 'light' : 'default'}
            aria-pressed={option.source === taken}
            onClick={() => onChoose(option)}
          >
            By {phasesWords().nameTimeSource(option.source)}
          </Button>
          <ol>
            {option.order.map((at) => (
              <li key={images[at].id}>
                <MiddleSlice image={images[at]} window={window} />
                <span className="ellipsis" title={images[at].name}>
                  {images[at].name}
                </span>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </Notice>
  )
}

/** One that shows the grey levels of all of them, so that they compare. */
function commonWindow(images: readonly FoundVolume[]): GreyWindow {
  const windows = images.map(({ volume }) => startWindow(volume))
  const low = Math.min(...windows.map(({ centre, width }) => centre - width / 2))
  const high = Math.max(...windows.map(({ centre, width }) => centre + width / 2))
  return { centre: (low + high) / 2, width: high - low }
}

function MiddleSlice({ image, window }: { image: FoundVolume; window: GreyWindow }) {
  const { volume, name } = image
  const shown = useMemo(() => {
    const { axial } = gridPlanes(volume.direction)
    const slice = Math.floor(volume.size[axial.through.axis] / 2)
    const [x, y] = [axial.across.axis, axial.down.axis]
    return {
      pixels: extractSlice(volume, axial, slice),
      size: [volume.size[x], volume.size[y]] as const,
      spacingMm: [volume.spacingMm[x], volume.spacingMm[y]] as const,
      window: greyScaleOf(volume, window),
    }
  }, [volume, window])
  return <SliceCanvas {...shown} label={`Middle slice of ${name}`} />
}
