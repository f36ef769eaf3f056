import type { Say } from '../../core/messages/message.ts'
import type { StudyContents } from '../../core/study/contents.ts'
import type { LeftBehind } from '../../core/study/leavingStudy.ts'
import { indexLesion, presentLesions } from '../../core/study/lesions.ts'
import { imageIdOf } from '../../core/study/study.ts'
import { technicalOf } from '../../core/study/technical.ts'
import { formatJson } from '../records/formatJson.ts'
import { formatTable } from '../tables/tableFile.ts'
import { formatRules, type StudyPart } from './rulesFile.ts'
import type { FiledRegion } from './recordsFile.ts'

/*
 * The study in tables, for people and other programs.
 */

const keywords = technicalOf('number', 'text', 'free')
const yesOrNo = (isSo: boolean) => (isSo ? 'yes' : 'no')

/** @param contents what may leave, see `leavingStudy` */
export function formatStudyTexts(
  { study, patients, images, decisions }: StudyContents,
  regions: readonly FiledRegion[],
  leftBehind: LeftBehind,
  say: Say,
): StudyPart[] {
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  const roles = new Map(images.map(({ id, role }) => [id, role ?? '']))
  const times = new Map(patients.flatMap(({ dce }) => dce?.phases.map(({ image, timeS }, i) => [image, { phase: i + 1, timeS }] as const) ?? [])) // prettier-ignore
  const day = (at: number) => new Date(at).toISOString()
  return [
    {
      name: 'patients.csv',
      text: formatTable(
        ['label', 'centre', 'batch', 'cohort', 'excluded', 'flag', 'note', 'lesions', 'index_lesion', 'phases', 'times_from', 'times_proved', 'injection_s', 'peak_phase', 'curve'], // prettier-ignore
        patients.map(({ label, centre, batch, cohort, exclusion, flag, note, lesions, dce }) => [
          label,
          centre,
          batch,
          cohort ?? '',
          exclusion?.reason ?? '',
          flag ?? '',
          note,
          presentLesions(lesions).length,
          indexLesion(lesions),
          dce?.phases.length ?? 0,
          dce?.timesFrom ?? '',
          dce ? yesOrNo(dce.proved) : '',
          dce?.injectionS ?? '',
          dce === null || dce.peak === null ? '' : dce.peak + 1,
          dce?.curve ?? '',
        ]),
      ),
    },
    {
      name: 'images.csv',
      text: formatTable(
        ['image', 'label', 'role', 'role_from', 'phase', 'time_s', 'columns', 'rows', 'slices', 'spacing_x_mm', 'spacing_y_mm', 'spacing_z_mm', 'content_sha256', ...keywords], // prettier-ignore
        images.map(({ id, patient, role, roleFrom, grid, content, technical }) => [
          id,
          labels.get(patient) ?? '',
          role ?? '',
          role === null ? '' : roleFrom,
          times.get(id)?.phase ?? '',
          times.get(id)?.timeS ?? '',
          ...grid.size,
          ...grid.spacingMm,
          content ?? '',
          ...keywords.map((keyword) => technical[keyword] ?? ''),
        ]),
      ),
    },
    {
      name: 'regions.csv',
      text: formatTable(
        ['file', 'label', 'lesion', 'role', 'reader', 'progress', 'since', 'saved', 'voxels', 'volume_cm3', 'image', 'mask_sha256'], // prettier-ignore
        regions.map((region) => [
          region.file,
          region.label,
          region.lesion,
          roles.get(imageIdOf(region.image)) ?? '',
          region.reader,
          region.progress,
          day(region.changedAt),
          day(region.savedAt),
          region.voxelCount,
          region.volumeCm3,
          region.image,
          region.maskHash,
        ]),
      ),
    },
    {
      name: 'decisions.json',
      text: formatJson(
        decisions.map((decision) => ({ ...decision, chosen: decision.chosen?.option ?? null })),
        say,
      ),
    },
    { name: 'rules.json', text: formatRules(study.rules, new Set(), say).text },
    { name: 'removed.csv', text: formatTable(['what', 'count'], Object.entries(leftBehind)) },
  ]
}
