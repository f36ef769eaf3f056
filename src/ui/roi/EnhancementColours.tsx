import { NumberInput, Select, Slider, Switch } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { FoundVolume } from '../../state/images.ts'
import { startWindow, viridis } from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'

/** Of the grey level at the upper end of the window: what is darker before contrast is air. */
const airShare = 0.1
const gradient = `linear-gradient(to right, ${viridis.map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`

/** Enhancement of a chosen phase over the first one, in colours over the image. @param phases by time, on the grid of the image */
export function EnhancementColours({ phases }: { phases: readonly FoundVolume[] }) {
  const { handStore } = useSession()
  const viewer = useStore(handStore, (state) => state.viewer)
  const [isShown, setIsShown] = useState(false)
  const [phaseId, setPhaseId] = useState<string | null>(null)
  const [lowPercent, setLow] = useState(50)
  const [highPercent, setHigh] = useState(200)
  const [opacity, setOpacity] = useState(0.6)
  const [first, ...later] = phases
  const post = later.find(({ id }) => id === phaseId) ?? later[0]
  const map = useMemo(() => {
    if (!isShown || !first || !post) return null
    const { centre, width } = startWindow(first.volume)
    const smallestLevel = Math.max(0, airShare * (centre + width / 2))
    return { pre: first.volume, post: post.volume, lowPercent, highPercent, smallestLevel, opacity }
  }, [isShown, first, post, lowPercent, highPercent, opacity])
  useEffect(() => {
    viewer?.showEnhancement(map)
    return () => viewer?.showEnhancement(null)
  }, [viewer, map])
  if (!first || !post) return null
  return (
    <>
      <Switch
        size="xs"
        label="Colour the enhancement"
        checked={isShown}
        onChange={({ currentTarget: { checked } }) => setIsShown(checked)}
      />
      {isShown && (
        <>
          <Select
            aria-label="Phase whose enhancement is coloured"
            size="xs"
            allowDeselect={false}
            value={post.id}
            onChange={setPhaseId}
            data={later.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <div className="colourLegend" role="img" aria-label={`Colours from ${lowPercent} to ${highPercent} % enhancement`}>
            <span style={{ background: gradient }} />
            <p>
              {[0, 1, 2, 3, 4].map((tick) => (
                <span key={tick}>{Math.round(lowPercent + (tick / 4) * (highPercent - lowPercent))} %</span>
              ))}
            </p>
          </div>
          <div className="control">
            <span>From</span>
            <Percent
              label="Enhancement where colours begin"
              value={lowPercent}
              onChange={(value) => value < highPercent && setLow(value)}
            />
            <span>To</span>
            <Percent
              label="Enhancement of the last colour"
              value={highPercent}
              onChange={(value) => value > lowPercent && setHigh(value)}
            />
            <span>Opacity</span>
            <Slider
              min={10}
              max={100}
              label={null}
              value={Math.round(opacity * 100)}
              thumbLabel="Opacity of the enhancement"
              onChange={(percent) => setOpacity(percent / 100)}
            />
          </div>
          <p className="dim">
            Signal gained since {first.name}, in % of it; less than {lowPercent} % and air are left out.
          </p>
        </>
      )}
    </>
  )
}

function Percent({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <NumberInput
      aria-label={label}
      size="xs"
      suffix=" %"
      step={10}
      value={value}
      onChange={(entered) => typeof entered === 'number' && onChange(entered)}
    />
  )
}
