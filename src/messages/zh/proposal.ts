import type { ProposedImage, ProposedPatient } from '../../core/cohort/proposal/proposeStudy.ts'
import type { TimeSource } from '../../core/image/volumeTiming.ts'
import type { DceSet, Decision, DecisionKind, DecisionOption } from '../../core/study/study.ts'
import { nameTimeSource } from './phases.ts'

const questions: Readonly<Record<DecisionKind, string>> = {
  centres: '这些是同一中心吗？在您确认之前，两处相同的 ID 视为两名患者。',
  sameIdOtherPerson: '同一 ID 有两个出生日期或性别：一名患者，还是两名？',
  sameIdOtherPlace: '同一 ID 来自两处：一名患者，还是两名？',
  equalNames: '两个 ID 的姓名和出生日期相同：一名患者，还是两名？',
  untold: '这些文件没有患者信息：属于谁？',
  visit: '有多次检查：本研究用哪一次？',
  sameUids: '标识符相同而像素不同：哪幅图像正确？',
  dce: '有多个相似的动态序列：本研究用哪一个？',
  order: '两种时钟给出的期相顺序不同：哪个正确？',
  role: '是哪幅图像？',
}

/** What a person is asked. */
export function askDecision({ kind, role }: Pick<Decision, 'kind' | 'role'>): string {
  return role === undefined ? questions[kind] : `${role}：${questions[kind]}`
}

const reasons: Readonly<Record<string, string>> = {
  'long-echo': '长 TE，自旋回波',
  axial: '轴位',
  'fat-suppressed': '脂肪抑制',
  'called-t2': '名称为 T2',
  diffusion: '扩散加权',
  'after-contrast': '增强后',
  'set-aside': '已搁置',
}

/** A reason for a role, with its points; a study's own reason goes by its own name. */
export function nameReason({ why, points }: { readonly why: string; readonly points: number }): string {
  const words = why === 'axial' && points < 0 ? '非轴位' : (reasons[why] ?? why)
  return `${words} ${points > 0 ? '+' : '−'}${Math.abs(points)}`
}

const asides: Readonly<Record<NonNullable<ProposedImage['setAside']>, string>> = {
  fewSlices: '少于 8 层',
  localizer: '定位像',
  derived: '由其他图像计算得到',
  described: '名称为减影、参数图、定位像或扩散加权',
  otherVisit: '属于另一次检查',
  disputed: '标识符相同，像素不同',
}

export function nameSetAside(reason: NonNullable<ProposedImage['setAside']>): string {
  return asides[reason]
}

const visitReasons: Readonly<Record<ProposedPatient['visitReason'], string>> = {
  only: '唯一一次检查',
  'before-surgery': '术前 30 天内的最后一次',
  first: '第一次，因手术日期未知',
  person: '按所作决定',
}

export function nameVisitReason(reason: ProposedPatient['visitReason']): string {
  return visitReasons[reason]
}

/** What an option of a decision says. @param nameImage of an image of the option @param dateOf when that was taken, '' where it is not told */
export function nameOption(
  { kind, options }: Pick<Decision, 'kind' | 'options'>,
  option: DecisionOption,
  { nameImage, dateOf }: { readonly nameImage: (id: string) => string; readonly dateOf: (id: string) => string },
): string {
  const { id, groups, score } = option
  const [first] = groups[0] ?? []
  switch (kind) {
    case 'centres':
      return id === 'one' ? '同一中心' : `${groups.length} 个中心`
    case 'visit':
      return [`第 ${options.indexOf(option) + 1} 次检查`, dateOf(first), `${groups[0].length} 幅图像`].filter(Boolean).join('，')
    case 'order':
      return nameTimeSource(id as TimeSource)
    case 'dce':
      return `${groups[0].length} 个期相：${nameImage(first)}`
    case 'sameUids':
      return nameImage(first)
    case 'role':
      return id === 'none' ? '都不是' : `${nameImage(first)}${score === undefined ? '' : `，${score} 分`}`
    case 'untold':
      return id === 'one' ? '全部属于一名患者' : id === 'byFolder' ? '每个文件夹一名患者' : '每个文件一名患者'
    default:
      return id === 'one' ? '一名患者' : `${groups.length} 名患者`
  }
}

/** A dynamic series in a few words: its phases, their distance and where their times are from. @param gapS median of the distances */
export function describePhases(
  { phases, timesFrom, proved }: Pick<DceSet, 'phases' | 'timesFrom' | 'proved'>,
  gapS: number,
): string {
  const source = timesFrom === 'order' ? '假定' : nameTimeSource(timesFrom)
  return `${phases.length} 个期相，间隔 ${Math.round(gapS)} 秒，${source}${proved ? '' : '，未证实'}`
}
