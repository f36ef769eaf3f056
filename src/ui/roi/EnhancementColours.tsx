import { NumberInput, Select, Slider, Switch } from '@mantine/core'
import { useStore } from 'zustand'
import type { FoundVolume } from '../../state/images.ts'
import { phaseAfter } from '../../state/shownLayers.ts'
import { viridis } from '../../viewer/index.ts'
import { useSession } from '../shared/session.ts'

const gradient = `linear-gradient(to right, ${viridis.map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`

/** Enhancement of a chosen phase over the first one, in colours over the image. @param phases by time, on the grid of the image */
export function EnhancementColours({ phases }: { phases: readonly FoundVolume[] }) {
  const { enhancementStore } = useSession()
  const { isShown, phaseId, lowPercent, highPercent, opacity, set } = useStore(enhancementStore)
  const [first, ...later] = phases
  const post = phaseAfter(phases, phaseId)
  if (!first || !post) return null
  return (
    <>
      <Switch
        size="xs"
        label="Colour the enhancement"
        checked={isShown}
        onChange={({ currentTarget: { checked } }) => set({ isShown: checked })}
      />
      {isShown && (
        <>
          <Select
            aria-label="Phase whose enhancement is coloured"
            size="xs"
            allowDeselect={false}
            value={post.id}
            onChange={(phaseId) => set({ phaseId })}
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
            <Percent label="Enhancement where colours begin" value={lowPercent} onChange={(lowPercent) => set({ lowPercent })} />
            <span>To</span>
            <Percent
              label="Enhancement of the last colour"
              value={highPercent}
              onChange={(highPercent) => set({ highPercent })}
            />
            <span>Opacity</span>
            <Slider
              min={10}
              max={100}
              label={null}
              value={Math.round(opacity * 100)}
              thumbLabel="Opacity of the enhancement"
              onChange={(percent) => set({ opacity: percent / 100 })}
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
