import type { ListedImage } from '../../core/cohort/proposal/listedImage.ts'
import type { ProposedImage, ProposedStudy } from '../../core/cohort/proposal/proposeStudy.ts'
import type { Say } from '../../core/messages/message.ts'
import { namesSomebody, namingWords, textsThatMayLeave } from '../../core/study/freeText.ts'
import type { RoleRule } from '../../core/study/roles.ts'
import type { Decision } from '../../core/study/study.ts'
import { technicalOf, type TechnicalKey } from '../../core/study/technical.ts'
import { formatJson } from '../records/formatJson.ts'
import { formatTable } from '../tables/tableFile.ts'

/*
 * The study file as an import makes it: what was found and what is proposed, without images and without anything that names a patient.
 */

/** The layout of study files. */
const format = 1

export interface StudyPart {
  readonly name: string
  readonly text: string
}

const numbers = technicalOf('number')
const texts = technicalOf('text', 'free')

/**
 * The files of the study, those that name their check sums apart.
 * @param options.program name and version of the program
 * @param options.readme the layout in words, for whoever opens the file
 * @param options.say for the warnings in tables
 * @param options.beside further files of the study
 */
export function formatProposal(
  study: ProposedStudy,
  listed: readonly ListedImage[],
  {
    rules,
    program,
    readme,
    say,
    beside = [],
  }: {
    readonly rules: readonly RoleRule[]
    readonly program: string
    readonly readme: string
    readonly say: Say
    readonly beside?: readonly StudyPart[]
  },
): { readonly parts: readonly StudyPart[]; readonly rulesLeftOut: number } {
  const headers = new Map(listed.map(({ id, volume }) => [id, volume.source.dicom ?? {}]))
  const naming = namingWords([...headers.values()])
  const free = new Map(
    texts.map((keyword) => {
      const told = study.images.map(({ id, label }) => ({ text: headers.get(id)?.[keyword] ?? '', patient: label }))
      return [keyword, textsThatMayLeave(told, naming)] as const
    }),
  )
  const leaving = (id: string, keyword: TechnicalKey) => {
    const text = headers.get(id)?.[keyword] ?? ''
    return free.get(keyword)!.has(text) ? text : ''
  }
  const models = new Set(study.images.map(({ id }) => leaving(id, 'ManufacturerModelName')))
  const kept = formatRules(rules, naming, say)
  const parts: StudyPart[] = [
    { name: 'README.txt', text: readme },
    { name: 'patients.csv', text: formatPatients(study, models, say) },
    { name: 'images.csv', text: formatImages(study, listed, leaving) },
    { name: 'decisions.json', text: formatJson(study.decisions.map(withoutReader), say) },
    { name: 'rules.json', text: kept.text },
    ...beside,
  ] // prettier-ignore
  const about = {
    format,
    kind: 'real',
    program,
    patients: study.patients.length,
    images: study.images.length,
    decisions: study.decisions.length,
    open: study.decisions.filter(({ chosen }) => chosen === null).length,
    contents: parts.map(({ name }) => name),
  }
  return {
    parts: [{ name: 'texel-study.json', text: formatJson(about, say) }, ...parts],
    rulesLeftOut: kept.leftOut,
  }
}

/** Rules as `texel study --import --rules` reads them, without those that name somebody. @param naming see `namingWords` */
export function formatRules(
  rules: readonly RoleRule[],
  naming: ReadonlySet<string>,
  say: Say,
): { readonly text: string; readonly leftOut: number } {
  const kept = rules.filter(({ when }) => when.every((one) => !namesSomebody(JSON.stringify(one), naming)))
  const text = formatJson(
    kept.map(({ when, role, at }) => ({ when, role, at })),
    say,
  )
  return { text, leftOut: rules.length - kept.length }
}

/** As a person fills it in: the option alone. */
const withoutReader = (decision: Decision) => ({ ...decision, chosen: decision.chosen?.option ?? null })

function formatPatients({ patients }: ProposedStudy, models: ReadonlySet<string>, say: Say): string {
  const columns = ['label', 'centre', 'batch', 'visits', 'visit', 'visit_reason', 'phases', 'times_from', 'times_proved', 'injection_s', 'injection_proved', 'warnings'] // prettier-ignore
  const batchOf = (batch: string) => batch.split(' / ').filter((part, i) => i !== 1 || models.has(part) || isProtocol(part)).join(' / ') // prettier-ignore
  return formatTable(
    columns,
    patients.map(({ label, centre, batch, visits, visit, visitReason, dce }) => [
      label,
      centre,
      batchOf(batch),
      visits.length,
      visit + 1,
      visitReason,
      dce?.phases.length ?? 0,
      dce?.timesFrom ?? '',
      dce ? yesOrNo(dce.proved) : '',
      dce?.injectionS ?? '',
      dce ? yesOrNo(dce.injectionProved) : '',
      dce?.warnings.map(say).join(' ') ?? '',
    ]),
  )
}

/** A part of a batch's name that is made of numbers, where its scanner has no model. */
const isProtocol = (part: string) => /^(TR|TE|[\d.]+ (T$|x))/.test(part)
const yesOrNo = (isSo: boolean) => (isSo ? 'yes' : 'no')

function formatImages(
  { images, patients }: ProposedStudy,
  listed: readonly ListedImage[],
  leaving: (id: string, keyword: TechnicalKey) => string,
): string {
  const volumes = new Map(listed.map(({ id, volume }) => [id, volume]))
  const timeOf = new Map(patients.flatMap(({ dce }) => dce?.phases.map(({ image, timeS }) => [image, timeS] as const) ?? []))
  const columns = ['image', 'label', 'visit', 'role', 'role_from', 'phase', 'time_s', 'points', 'why', 'set_aside', 'columns', 'rows', 'slices', 'spacing_x_mm', 'spacing_y_mm', 'spacing_z_mm', 'contrast_agent', ...numbers, ...texts] // prettier-ignore
  return formatTable(
    columns,
    images.map((image) => {
      const { id, label, visit, role, roleFrom, phase, setAside } = image
      const { size, spacingMm, source } = volumes.get(id)!
      return [
        id,
        label,
        visit + 1,
        role ?? '',
        roleFrom ?? '',
        phase === undefined ? '' : phase + 1,
        timeOf.get(id) ?? '',
        ...pointsOf(image),
        setAside ?? '',
        ...size,
        ...spacingMm,
        source.dicom?.ContrastBolusAgent ? 'yes' : '',
        ...numbers.map((keyword) => numberOf(source.dicom?.[keyword])),
        ...texts.map((keyword) => leaving(id, keyword)),
      ]
    }),
  )
}

function pointsOf({ scores, role }: ProposedImage): [number | '', string] {
  const score = scores[role ?? ''] ?? Object.values(scores)[0]
  if (!score) return ['', '']
  return [score.score, score.reasons.map(({ why, points }) => `${why} ${points > 0 ? '+' : ''}${points}`).join(', ')]
}

/** What is no number leaves nothing. */
function numberOf(text: string | undefined): number | '' {
  const value = Number(text?.trim() || NaN)
  return Number.isFinite(value) ? value : ''
}
