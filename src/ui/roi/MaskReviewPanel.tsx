import { Button, Loader, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { GeometryDifference } from '../../core/mask/compareGeometry.ts'
import type { EmptySlices } from '../../core/mask/emptySlices.ts'
import type { Label } from '../../core/mask/labels.ts'
import { mostLesionsAtOnce } from '../../state/actions/layEachLabel.ts'
import { say } from '../../messages/say.ts'
import { gridPlanes, planes } from '../../viewer/index.ts'
import { formatNumber, formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { interpolate } from './interpolate.ts'
import type { Session } from '../../state/session.ts'
import { usePrimary } from './usePrimary.ts'
import { listSegments } from '../../state/maskSegments.ts'
import { useSession } from '../shared/session.ts'
import { maskWords } from '../../messages/words/maskWords.ts'

const shownLabels = 100
/** Of a mask of shares: so few values may be labels after all. */
const mostSharesListed = 8
const noLabels: readonly Label[] = []
/** PyRadiomics's default: nobody asked for it. */
const usualLabel = 1

/** The two grids in a few digits; the whole message is its title. */
function writeDifference({ property, image, mask, difference }: GeometryDifference): string {
  const write = (values: readonly number[]) => values.map((value) => formatNumber(value, 4)).join(', ')
  const apart = property === 'size' || property === 'direction' ? '' : `; ${formatNumber(difference, 3)} mm apart`
  return `${property}: mask ${write(mask)}; image ${write(image)}${apart}`
}

/** A mask before it is used: does its grid agree, is it this patient's, which of its labels? */
export function MaskReviewPanel() {
  const session = useSession()
  const { acceptEachLabel, acceptProposal, channelsUnderReview, maskReviewStore, reviewMask } = session
  const primary = usePrimary('useMask')
  const { proposal, chooseLabel, resample, dismiss } = useStore(maskReviewStore)
  if (!proposal) return null
  const {
    name,
    labels,
    label,
    fractions,
    threshold,
    emptySlices,
    problem,
    differences,
    isSameGrid,
    roundingMm,
    notices,
    resampled,
    region,
    regionVoxels,
    outsideFraction,
    image,
    isWorking,
  } = proposal
  const channels = channelsUnderReview()
  const [x, y, z] = image.spacingMm
  const isNamed = proposal.mask.source.segments !== undefined
  const mustResample = differences.length > 0 && !resampled
  const labelCount = isNamed
    ? listSegments(proposal, channels).filter(({ segment }) => segment.voxelCount > 0).length
    : labels.length
  return (
    <Panel title="Is this the mask?">
      <p className="dim ellipsis" title={name}>
        {name}
      </p>
      {notices.map(say).map((text) => (
        <Notice key={text} kind="warn">
          {text}
        </Notice>
      ))}
      {channels.length > 1 && !isNamed && (
        <div className="labels" role="group" aria-label="Channels of the mask">
          <p className="dim">{channels.length} channels: choose the one to use</p>
          {channels.map((found) => (
            <button key={found.id} type="button" aria-pressed={found.id === proposal.maskId} onClick={() => reviewMask(found)}>
              {found.volume.source.phase}
            </button>
          ))}
        </div>
      )}
      {differences.length === 0 ? (
        labels.length > 0 && (
          <Notice kind="safe">
            {roundingMm > 0
              ? `Same grid as the image, but for rounding in the file's header (${formatNumber(roundingMm, 2)} mm): its voxels are taken as they are.`
              : isSameGrid
                ? 'Same grid as the image.'
                : 'Same grid as the image, within the geometry tolerance of the parameters: its voxels are taken as they are.'}
          </Notice>
        )
      ) : (
        <Notice kind="warn">
          <strong>{resampled ? 'Resampled onto the image, nearest voxel' : 'Not on the grid of the image'}</strong>
          <ul className="dim">
            {differences.map((difference) => (
              <li key={difference.property} title={maskWords().describeDifference(difference)}>
                {writeDifference(difference)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {problem !== null && <Notice kind="error">{say(problem)}</Notice>}
      {labels.length === 0 && isWorking && (
        <div className="row dim" role="status">
          <Loader size={14} aria-hidden /> Counting its labels
        </div>
      )}
      {fractions && <ShareChoice key={proposal.maskId} highest={fractions.highest} />}
      {!fractions && <WantedLabel />}
      {isNamed && <SegmentList />}
      {labels.length > 0 && !isNamed && (!fractions || labels.length <= mostSharesListed) && (
        <div className="labels" role="group" aria-label="Labels in the mask">
          <p className="dim">
            {fractions
              ? 'Or one of its values alone'
              : labels.length === 1
                ? 'Its one label'
                : `${labels.length} labels: choose the one to use`}
          </p>
          {labels.slice(0, shownLabels).map(({ value, count }) => (
            <button key={value} type="button" aria-pressed={value === label} onClick={() => void chooseLabel(value)}>
              <span className="swatch" style={value === label ? undefined : { background: '#4a5361' }} aria-hidden />
              {formatNumber(value, 6)}
              <span className="number">{formatVoxels(count)}</span>
            </button>
          ))}
          {labels.length > shownLabels && (
            <p className="dim">and {labels.length - shownLabels} more: this may be an image, not a mask.</p>
          )}
        </div>
      )}
      {region && regionVoxels === 0 && <Notice kind="error">No voxel of this label lies inside the image.</Notice>}
      {regionVoxels > 0 && outsideFraction > 0 && (
        <Notice kind="warn">
          {formatNumber(Math.max(0.1, 100 * outsideFraction), 3)} % of this label lies outside the image and is cut off.
        </Notice>
      )}
      {emptySlices && (
        <Notice kind="warn">
          <strong>Slices without the region</strong>
          <p className="dim">
            {maskWords().describeEmptySlices(emptySlices)} If it was drawn on some slices only, fill the others: what that makes
            is shown first.
          </p>
          <div className="row" style={{ marginTop: 6 }}>
            <Button size="compact-sm" variant="default" disabled={isWorking} onClick={() => acceptAndFill(session, emptySlices)}>
              Use and fill
            </Button>
          </div>
        </Notice>
      )}
      {region && regionVoxels > 0 && (
        <p className="dim">
          On the image: {formatVoxels(regionVoxels)}, {formatVolume((regionVoxels * x * y * z) / 1000)}
        </p>
      )}
      {!fractions && !mustResample && labelCount > 1 && (
        <Button
          variant="default"
          loading={isWorking && labels.length > 0}
          // Segments are known by their names before they are counted: pressed then, nothing would happen.
          disabled={isWorking || labelCount > mostLesionsAtOnce}
          title={
            labelCount > mostLesionsAtOnce
              ? `At most ${mostLesionsAtOnce} labels become lesions at once`
              : 'Each is drawn apart, under its name if it has one; those that overlap stay whole. Undo takes each back.'
          }
          onClick={() => void acceptEachLabel()}
        >
          Each {isNamed ? 'segment' : 'label'} becomes a lesion ({labelCount})
        </Button>
      )}
      <div className="row wide">
        <Button variant="default" style={{ flex: 'none' }} onClick={dismiss}>
          Refuse
        </Button>
        {mustResample ? (
          <Button
            variant={primary}
            disabled={label === null && threshold === null}
            loading={isWorking}
            onClick={() => void resample()}
          >
            Resample onto image
          </Button>
        ) : (
          <Button
            variant={primary}
            disabled={regionVoxels === 0}
            loading={isWorking && labels.length > 0}
            onClick={acceptProposal}
          >
            Use this mask
          </Button>
        )}
      </div>
    </Panel>
  )
}

/** The region is taken over, and the slices that it leaves out are filled for a look. */
function acceptAndFill(session: Session, { axis }: EmptySlices): void {
  const { proposal } = session.maskReviewStore.getState()
  if (!proposal) return
  const axes = gridPlanes(proposal.image.direction)
  const plane = planes.find((one) => axes[one].through.axis === axis)
  if (session.acceptProposal() && plane) interpolate(session, plane, axis)
}

/** What of a mask of shares is inside. */
function ShareChoice({ highest }: { highest: number }) {
  const { maskReviewStore } = useSession()
  const { proposal, chooseThreshold } = useStore(maskReviewStore)
  const [share, setShare] = useState(highest / 2)
  return (
    <>
      <Notice kind="warn">
        <strong>Shares, not labels</strong>
        <p className="dim">
          Its values lie between 0 and {formatNumber(highest, 4)}: probabilities, or partial volume. Choose from which value on a
          voxel is inside.
        </p>
      </Notice>
      <div className="row wide" style={{ flexWrap: 'nowrap' }}>
        <NumberInput
          aria-label="Inside from"
          prefix="at least "
          size="xs"
          min={0}
          max={highest}
          step={highest / 20}
          decimalScale={3}
          value={share}
          onChange={(entered) => typeof entered === 'number' && entered > 0 && setShare(entered)}
        />
        <Button
          size="xs"
          variant="default"
          style={{ flex: 'none' }}
          loading={proposal?.isWorking ?? false}
          onClick={() => void chooseThreshold(share)}
        >
          Show
        </Button>
      </div>
    </>
  )
}

/** A label that the parameters name, and this mask does not have. */
function WantedLabel() {
  const { extractionStore, maskReviewStore } = useSession()
  const labels = useStore(maskReviewStore, ({ proposal }) => proposal?.labels ?? noLabels)
  const wanted = useStore(extractionStore, ({ parameters }) => parameters.settings.label)
  if (wanted === usualLabel || labels.length === 0 || labels.some(({ value }) => value === wanted)) return null
  return <Notice kind="warn">The parameters ask for label {wanted}, which this mask does not have.</Notice>
}

/** Segments and structures by name, those of all channels: which channel holds one is our affair. */
function SegmentList() {
  const { channelsUnderReview, maskReviewStore, reviewMask } = useSession()
  const { proposal, chooseLabel } = useStore(maskReviewStore)
  const volumes = channelsUnderReview()
  if (!proposal) return null
  const entries = listSegments(proposal, volumes)
  return (
    <div className="labels" role="group" aria-label="Segments of the mask">
      <p className="dim">{entries.length === 1 ? 'Its one segment' : `${entries.length} segments: choose the one to use`}</p>
      {entries.slice(0, shownLabels).map(({ segment: { value, name, voxelCount }, channel }) => {
        const isChosen = !channel && (proposal.mask.source.fractions === true || value === proposal.label)
        return (
          <button
            key={`${value} ${name}`}
            type="button"
            aria-pressed={isChosen}
            disabled={voxelCount === 0}
            onClick={() => {
              if (channel) reviewMask(channel, value)
              else if (!proposal.mask.source.fractions) void chooseLabel(value)
            }}
          >
            <span className="swatch" style={isChosen ? undefined : { background: '#4a5361' }} aria-hidden />
            <span className="ellipsis" title={name}>
              {value} {name}
            </span>
            <span className="number">{voxelCount === 0 ? 'empty' : formatVoxels(voxelCount)}</span>
          </button>
        )
      })}
      {entries.length > shownLabels && <p className="dim">and {entries.length - shownLabels} more.</p>}
    </div>
  )
}
