import type { MouseEvent } from 'react'
import type { FoldResult } from '../../../core/analysis/resamplePath.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useFollow } from '../follow/useFollow.ts'

export interface FoldDotsProps {
  readonly training: readonly string[]
  readonly folds: readonly Pick<FoldResult, 'repeat' | 'fold' | 'heldOut'>[]
}

/** Of so many patients one line of dots is made. */
const mostInLine = 250
const step = 6

const placeOfDot = (at: number) => ({ x: (at % mostInLine) * step + step / 2, y: Math.floor(at / mostInLine) * step + step / 2 })
const circle = (at: number, radius: number) => {
  const { x, y } = placeOfDot(at)
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`
}

/** The patient whose dot lies there; undefined beside all of them. @param x, y in units of the picture */
export function dotAt(x: number, y: number, count: number): number | undefined {
  const at = Math.floor(y / step) * mostInLine + Math.floor(x / step)
  return x >= 0 && y >= 0 && x < mostInLine * step && at < count ? at : undefined
}

/** A line of dots a fold, a dot a patient: full where the fold learnt from her, hollow where she was held out. */
export function FoldDots({ training, folds }: FoldDotsProps) {
  const { begin, followedOf } = useFollow()
  if (folds.length === 0) return null
  const isRepeated = folds.some(({ repeat }) => repeat > 0)
  const [width, height] = [Math.min(training.length, mostInLine) * step, Math.ceil(training.length / mostInLine) * step]
  const follow = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = dotAt(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height, training.length) // prettier-ignore
    const followed = at === undefined ? null : followedOf({ of: 'patients', id: training[at] })
    if (followed) begin(followed)
  }
  return (
    <>
      <p className="dim small foldDotsHead">
        Folds: a dot a training patient, full where the fold learnt from the patient, hollow where she or he was held out. Nobody
        is both.
      </p>
      <table className="foldDots">
        <tbody>
          {folds.map(({ repeat, fold, heldOut }) => {
            const held = new Set(heldOut)
            const path = (isHeld: boolean) => training.map((id, at) => (held.has(id) === isHeld ? circle(at, isHeld ? 1.9 : 2.3) : '')).join('') // prettier-ignore
            return (
              <tr key={`${repeat} ${fold}`}>
                <th scope="row">
                  {isRepeated && `${repeat + 1}.`}
                  {fold + 1}
                </th>
                <td className="number">
                  <button type="button" className="followed" onClick={() => begin({ kind: 'fold', repeat, fold })}>
                    {formatCount(held.size)} <span className="dim">held out</span>
                  </button>
                </td>
                <td>
                  <svg
                    viewBox={`0 0 ${width} ${height}`}
                    role="img"
                    aria-label={`Fold ${fold + 1}: ${held.size} of ${training.length} patients held out`}
                    onClick={follow}
                  >
                    <path d={path(false)} className="learnt" />
                    <path d={path(true)} className="heldOut" />
                  </svg>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
