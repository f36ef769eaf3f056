import { NativeSelect } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { median } from '../../../core/numeric/quantile.ts'
import { gapsOf } from '../../../core/cohort/timeSources.ts'
import { groundsOf, type SeriesGroup } from '../../../core/cohort/proposal/groupSeries.ts'
import type { ProposedStudy } from '../../../core/cohort/proposal/proposeStudy.ts'
import { dceRole } from '../../../core/cohort/proposal/roles.ts'
import type { DceSet } from '../../../core/study/study.ts'
import { proposalWords } from '../../../messages/words/proposalWords.ts'
import type { ListedFiles } from '../../../state/studyImport.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'
import { useLanguage } from '../../shared/useLanguage.ts'

/** Pixels, grown with the text as the style's lengths are. */
const rowHeight = () => (34 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16

interface TableProps {
  readonly groups: readonly SeriesGroup[]
  readonly study: ProposedStudy
  readonly listed: ListedFiles
  readonly by: 'series' | 'patient'
  readonly withNames: boolean
  readonly inHand: string | null
  readonly onChoose: (key: string) => void
  readonly onCorrect: (group: SeriesGroup, role: string | null) => void
}

/** Series with what they are taken for; only the rows in sight are drawn. */
export function SeriesTable(props: TableProps) {
  const { groups, study, listed, by, withNames, inHand } = props
  const { workListStore } = useSession()
  const specs = useStore(workListStore, ({ records }) => records?.study.roles)
  const roles = useMemo(() => [...(specs ?? []).map(({ id }) => id), dceRole], [specs])
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 8,
  })
  const names = useMemo(() => (withNames ? identities(study, listed) : undefined), [withNames, study, listed])
  const hasNames = by === 'patient' && names !== undefined
  const columns = [
    ...(by === 'patient' ? ['80px'] : []),
    ...(hasNames ? ['minmax(110px, 1fr)'] : []),
    'minmax(130px, 1.6fr)',
    'minmax(90px, 0.8fr)',
    ...(by === 'series' ? ['66px'] : []),
    '60px',
    '156px',
    'minmax(150px, 2.2fr)',
    ...(by === 'series' ? ['80px'] : []),
  ].join(' ')
  return (
    <div className="card tableScroll" ref={scroller} tabIndex={0} aria-label="Series, scrollable">
      <table className="series" aria-rowcount={groups.length + 1}>
        <thead>
          <tr style={{ gridTemplateColumns: columns }}>
            {by === 'patient' && <th>Patient</th>}
            {hasNames && <th>Name, ID</th>}
            <th>Series</th>
            <th>Scanner</th>
            {by === 'series' && <th className="number">Patients</th>}
            <th className="number">Images</th>
            <th>Role</th>
            <th>Why</th>
            {by === 'series' && <th>Example</th>}
          </tr>
        </thead>
        <tbody style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <Row
              key={groups[index].key}
              {...props}
              group={groups[index]}
              index={index}
              start={start}
              columns={columns}
              roles={roles}
              name={hasNames ? (names.get(groups[index].example.label) ?? '') : null}
              isInHand={groups[index].key === inHand}
            />
          ))}
        </tbody>
      </table>
      {groups.length === 0 && <p className="emptyState">No series fits the filter.</p>}
    </div>
  )
}

/** Name and ID by label, as headers tell them: for the screen of this machine, and only where somebody asks for it. */
function identities(study: ProposedStudy, listed: ListedFiles): ReadonlyMap<string, string> {
  const images = new Map(listed.images.map((image) => [image.id, image]))
  return new Map(
    study.images.map(({ id, label }) => {
      const { volume, named } = images.get(id)!
      const { PatientName, PatientID } = volume.source.dicom ?? {}
      return [
        label,
        [PatientName?.replaceAll('^', ' ').trim(), PatientID?.trim() ?? named?.id].filter(Boolean).join(', '),
      ] as const
    }),
  )
}

interface RowProps extends TableProps {
  readonly group: SeriesGroup
  readonly index: number
  readonly start: number
  readonly columns: string
  readonly roles: readonly string[]
  /** Null where it is not shown. */
  readonly name: string | null
  readonly isInHand: boolean
}

const Row = memo(function Row(props: RowProps) {
  useLanguage()
  const { group, study, by, index, start, columns, roles, name, isInHand, onChoose, onCorrect } = props
  const { description, scanner, patients, images, example, key } = group
  const why = explain(group, study)
  const role = roleOf(group)
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={isInHand}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: columns }}
      onClick={() => onChoose(key)}
    >
      {by === 'patient' && <td className="label">{example.label}</td>}
      {name !== null && <td title={name}>{name}</td>}
      <td className="label" title={description}>
        {description || 'without a name'}
      </td>
      <td title={scanner}>{scanner}</td>
      {by === 'series' && <td className="number">{formatCount(patients.length)}</td>}
      <td className="number">{formatCount(images.length)}</td>
      <td>
        <NativeSelect
          aria-label={`Role of ${description}${by === 'patient' ? ` of ${example.label}` : ''}`}
          value={role}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => {
            const { value } = event.currentTarget
            if (value !== mixed) onCorrect(group, value === '' ? null : value)
          }}
          data={[
            ...(role === mixed ? [{ value: mixed, label: mixedText(group) }] : []),
            ...roles.map((id) => ({ value: id, label: id === dceRole ? 'Dynamic series' : id })),
            { value: '', label: 'No role' },
          ]}
        />
      </td>
      <td title={why}>{why}</td>
      {by === 'series' && <td>{example.label}</td>}
    </tr>
  )
})

/** Images of a group have several roles, or some have one. */
const mixed = 'mixed'

/** Of images of the visits that the study takes: those of others have none. */
function rolesOf({ roles }: SeriesGroup): SeriesGroup['roles'] {
  return roles
    .map(({ role, images }) => ({ role, images: images.filter(({ setAside }) => setAside !== 'otherVisit') }))
    .filter(({ images }) => images.length > 0)
}

function roleOf(group: SeriesGroup): string {
  const roles = rolesOf(group)
  return roles.length > 1 ? mixed : (roles[0]?.role ?? '')
}

function mixedText(group: SeriesGroup): string {
  return rolesOf(group)
    .map(({ role, images }) => `${role === null ? 'none' : role === dceRole ? 'dynamic' : role} ${images.length}`)
    .join(', ')
}

function explain({ series, roles, example, images }: SeriesGroup, study: ProposedStudy): string {
  const others = images.filter(({ setAside }) => setAside === 'otherVisit').length
  const isPart = others > 0 && others < images.length
  return [explainExample({ series, roles, example }, study), isPart && `${others} ${proposalWords().nameSetAside('otherVisit')}`]
    .filter(Boolean)
    .join('; ')
}

function explainExample(
  { series, roles, example }: Pick<SeriesGroup, 'series' | 'roles' | 'example'>,
  study: ProposedStudy,
): string {
  if (series.length > 0) return [...new Set(series.map(describe))].slice(0, 3).join('; ')
  if (example.roleFrom === 'rule') return 'your rule'
  if (example.roleFrom === 'person') return 'as you said'
  if (example.roleFrom === 'name') return 'what its file is called'
  const aside = roles.every(({ role }) => role === null) ? example.setAside : null
  if (aside) return proposalWords().nameSetAside(aside)
  const grounds = groundsOf(example, study)
  if (!grounds) return ''
  const { score, lead, reasons } = grounds
  const points = `${score > 0 ? '+' : score < 0 ? '−' : ''}${Math.abs(score)}${lead === null ? '' : ` (${lead} lead)`}`
  return `${points}: ${reasons.map(proposalWords().nameReason).join(', ')}`
}

const describe = (dce: DceSet) => proposalWords().describePhases(dce, median(gapsOf(dce.phases.map(({ timeS }) => timeS))))
