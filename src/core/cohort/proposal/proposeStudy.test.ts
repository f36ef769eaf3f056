import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identityDirection, type Direction } from '../../image/volume.ts'
import type { VolumeTiming } from '../../image/volumeTiming.ts'
import type { RoleRule } from '../../study/roles.ts'
import { answerTo, type Answer } from './decisions.ts'
import type { ListedImage } from './listedImage.ts'
import { clock, dce, image, minute, t2, type Made } from './madeListedImages.ts'
import { countEffect, knownNames, proposeStudy, type ProposedStudy } from './proposeStudy.ts'
import { ruleForAllLike } from './roles.ts'

const said = (option: string) => ({ option, by: '1', at: 7 })

const timed = (of: (i: number) => VolumeTiming, dicom: Record<string, string> = {}) => [
  t2(),
  ...dce((i) => ({ timing: of(i), dicom })),
]
const none = { clocks: {} }
const coronal: Direction = [1, 0, 0, 0, 0, 1, 0, -1, 0]
const sagittal: Direction = [0, 0, 1, 1, 0, 0, 0, 1, 0]
const minutes = [0, 60, 120, 180, 240, 300]

interface Expected {
  phases: string
  from: string
  proved: boolean
  timesS: number[]
  /** The image that is FST2WI. */
  t2: string | null
  /** Kinds of decisions. */
  asked: string
  warned: string
  /** Images by patient. */
  patients: string
  aside: string
}
const usual = { phases: 'p1 p2 p3 p4 p5 p6', from: 'acquisition', proved: true, timesS: minutes, t2: 't2', asked: '', warned: '' }

/** Of the first patient. */
function tell({ patients, images, decisions }: ProposedStudy): Expected {
  const own = (label: string) => images.filter((one) => one.label === label).map(({ id }) => id).sort().join(' ') // prettier-ignore
  const [first] = patients
  return {
    phases: first.dce?.phases.map(({ image: id }) => id).join(' ') ?? '',
    from: first.dce?.timesFrom ?? '',
    proved: first.dce?.proved ?? false,
    timesS: first.dce?.phases.map(({ timeS }) => timeS) ?? [],
    t2: first.roles.find(({ role }) => role === 'FST2WI')!.image,
    asked: decisions.map(({ kind }) => kind).join(' '),
    warned: first.dce?.warnings.map(({ code }) => code).join(' ') ?? '',
    patients: patients.map(({ label }) => own(label)).sort().join(' | '),
    aside: images.flatMap(({ id, setAside }) => (setAside ? [`${id} ${setAside}`] : [])).join(', '),
  } // prettier-ignore
}

const fast = (id: string, seconds: number, more: Made = {}) =>
  image(id, { timing: { clocks: { acquisition: { seconds: 86400 * 19783 + 36000 + seconds, hasDate: true } } }, ...more })
const person = (id: string, dicom: Record<string, string>, more: Made = {}) =>
  t2({ dicom: { StudyInstanceUID: `study ${id}`, ...dicom }, ...more }, id)

const table: readonly (readonly [name: string, images: ListedImage[], expected: Partial<Expected>])[] = [
  // Sources of times.
  ['one series a phase, acquisition times', [t2(), ...dce()], {}],
  ['enhanced: reference times of the frames', timed((i) => ({ clocks: { frameReference: clock(minute(i)), acquisition: clock('100000') } })), { from: 'frameReference' }],
  ['enhanced: acquisition times of the frames', timed((i) => ({ clocks: { frameAcquisition: clock(minute(i)) } })), { from: 'frameAcquisition' }],
  ['acquisition date and time', timed((i) => ({ clocks: { acquisitionDateTime: clock(minute(i)), acquisition: clock('100000') } })), { from: 'acquisitionDateTime' }],
  ['GE: equal acquisition times, trigger times', timed((i) => ({ clocks: { acquisition: clock('100000') }, triggerTimeMs: 60000 * i, temporalPosition: i + 1 })), { from: 'triggerTime' }],
  ['Philips: start of the dynamic scan', timed((i) => ({ ...none, triggerTimeMs: 0, dynamicScanBeginS: 60 * i, temporalPosition: i + 1 })), { from: 'dynamicScanBegin' }],
  ['temporal position and resolution', timed((i) => ({ ...none, temporalPosition: i + 1, temporalResolutionMs: 60000 })), { from: 'temporalPosition' }],
  ['steps of one file', timed((i) => ({ ...none, offsetS: 60 * i })), { from: 'fileSteps' }],
  ['content times alone', timed((i) => ({ clocks: { content: clock(minute(i)) } })), { from: 'content' }],
  ['series times alone', timed((i) => ({ clocks: { series: clock(minute(i)) } })), { from: 'series' }],
  ['content times written in one burst, series times', timed((i) => ({ clocks: { content: clock(`10200${i}`), series: clock(minute(i)) } })), { from: 'series' }],
  // Nothing but an order.
  ['by temporal position', timed((i) => ({ ...none, temporalPosition: i + 1, acquisitionNumber: 9 - i })), { from: 'order', proved: false }],
  ['by acquisition number', timed((i) => ({ ...none, acquisitionNumber: i + 1, seriesNumber: 9 - i })), { from: 'order', proved: false }],
  ['by series number', timed((i) => ({ ...none, seriesNumber: i + 1, instanceNumber: 9 - i })), { from: 'order', proved: false }],
  ['by the smallest instance number', timed((i) => ({ ...none, instanceNumber: 60 * i + 1 })), { from: 'order', proved: false }],
  ['by UID', timed(() => none), { from: 'order', proved: false }],
  ['all clocks equal', timed((i) => ({ clocks: { acquisition: clock('100000'), content: clock('100000') }, seriesNumber: 5 + i })), { from: 'order', proved: false }],
  ['trigger times that nothing confirms', timed((i) => ({ ...none, triggerTimeMs: 60000 * (6 - i), seriesNumber: i })), { from: 'order', proved: false }],
  ['a clock that one phase lacks', timed((i) => ({ clocks: { ...(i !== 3 && { acquisition: clock(minute(i)) }), content: clock(minute(i)) } })), { from: 'content' }],
  // Awkward clocks.
  ['midnight, the date moved on', [t2({ time: '235000' }), ...['20240301 235900', '20240302 000000', '20240302 000100'].map((time, i) => image(`p${i + 1}`, { time }))], { phases: 'p1 p2 p3', timesS: [0, 60, 120], warned: 'few-phases' }],
  ['midnight, the date stayed', [t2({ time: '235000' }), ...['235900', '000000', '000100'].map((time, i) => image(`p${i + 1}`, { time }))], { phases: 'p1 p2 p3', timesS: [0, 60, 120], warned: 'few-phases' }],
  ['reversed instance numbers', timed((i) => ({ clocks: { acquisition: clock(minute(i)) }, instanceNumber: 600 - 60 * i })), {}],
  ['reversed series numbers', timed((i) => ({ clocks: { acquisition: clock(minute(i)) }, seriesNumber: 20 - i })), {}],
  ['two clocks that disagree', timed((i) => ({ clocks: { acquisition: clock(minute(i)), content: clock(minute(9 - i)) } })), { proved: false, asked: 'order' }],
  ['two clocks that agree, one late', timed((i) => ({ clocks: { acquisition: clock(minute(i)), content: clock(minute(i + 10)) } })), {}],
  ['a gap in the middle', [t2(), ...[0, 60, 120, 240, 300, 360].map((s, i) => fast(`p${i + 1}`, s))], { timesS: [0, 60, 120, 240, 300, 360], warned: 'phase-missing' }],
  ['a long first gap, for the injection', [t2(), ...[0, 150, 210, 270, 330, 390].map((s, i) => fast(`p${i + 1}`, s))], { timesS: [0, 150, 210, 270, 330, 390] }],
  ['five phases', [t2(), ...dce(undefined, 5)], { phases: 'p1 p2 p3 p4 p5', timesS: minutes.slice(0, 5), warned: 'few-phases' }],
  ['ultrafast', [t2(), ...[0, 90, 95, 100, 105, 110].map((s, i) => fast(`p${i + 1}`, s))], { timesS: [0, 90, 95, 100, 105, 110] }],
  ['two phases are no series', [t2(), ...dce(undefined, 2)], { phases: '', from: '', proved: false, timesS: [], t2: 't2' }],
  // Clusters.
  ['before contrast with another shim', [t2(), image('p1', { time: minute(0), dicom: { EchoTime: '2.0' }, origin: [0.5, 0, 0] }), ...dce((i) => ({ time: minute(i) }), 6).slice(1)], {}],
  ['a subtraction of each phase', [t2(), ...dce(), ...dce(() => ({ dicom: { SeriesDescription: 'dyn_SUB' } }), 5, 's')], { aside: 's1 described, s2 described, s3 described, s4 described, s5 described' }],
  ['a MIP by its image type', [t2(), ...dce(), image('mip', { time: '101000', dicom: { ImageType: 'DERIVED\\PRIMARY\\MIP' } })], { aside: 'mip derived' }],
  ['two clusters, one coronal', [t2(), ...dce(), ...dce(() => ({ direction: coronal }), 6, 'c')], {}],
  ['two clusters, one much smaller', [t2(), ...dce(), ...dce(() => ({ size: [100, 100, 30] }), 6, 'c')], {}],
  ['two clusters alike: the later, and it is asked', [t2(), ...dce((i) => ({ time: minute(20 + i), origin: [30, 0, 0] })), ...dce(undefined, 6, 'c')], { asked: 'dce' }],
  ['Dixon: water is taken', [t2(), ...dce(() => ({ dicom: { ImageType: 'DERIVED\\PRIMARY\\DIXON\\WATER' } })), ...dce(() => ({ dicom: { ImageType: 'DERIVED\\PRIMARY\\DIXON\\FAT' } }), 6, 'f')], {}],
  ['a localizer in three orientations', [t2(), ...dce(), ...[identityDirection, coronal, sagittal].map((direction, i) => image(`l${i}`, { time: '094000', direction, dicom: { SeriesInstanceUID: 'loc' } }))], { aside: 'l0 localizer, l1 localizer, l2 localizer' }],
  ['seven slices', [t2(), ...dce(), image('few', { time: '094000', size: [100, 100, 7] })], { aside: 'few fewSlices' }],
  ['no clocks, and TE of a spin echo: no dynamic series', [t2(), ...dce(() => ({ dicom: { EchoTime: '12' } }))], { phases: '', from: '', proved: false, timesS: [] }],
  // Roles.
  ['STIR by inversion time alone', [t2({ dicom: { SeriesDescription: 'ax t2' } }), ...dce()], {}],
  ['fat suppressed by scan options', [t2({ dicom: { SeriesDescription: 'ax', InversionTime: '', ScanOptions: 'FS\\PFP' } }), ...dce()], {}],
  ['T2 without suppression', [t2({ dicom: { SeriesDescription: 't2_tse_tra', InversionTime: '' } }), ...dce()], {}],
  ['two T2, one suppressed', [t2(), t2({ dicom: { SeriesDescription: 't2_tse_tra', InversionTime: '' } }, 'plain'), ...dce()], {}],
  ['two alike: the one with more slices is offered', [t2({ size: [200, 200, 44] }), t2({}, 'again'), ...dce()], { t2: null, asked: 'role' }],
  ['coronal T2 beside the axial', [t2(), t2({ direction: coronal }, 'cor'), ...dce()], {}],
  ['diffusion is no T2', [t2({ dicom: { SeriesDescription: 't2 dwi fs', DiffusionBValue: '800' } }), ...dce()], { t2: null, aside: 't2 described' }],
  ['T2 after contrast still leads', [t2({ time: '101500' }), ...dce()], {}],
  ['a delayed T1 with fat suppression is no T2', [image('late', { time: '101500', dicom: { SeriesDescription: 't1_fs', RepetitionTime: '600', EchoTime: '10' } }), ...dce()], { t2: null, asked: 'role' }],
  ['Dixon T2: water', [t2({ dicom: { SeriesDescription: 't2_dixon_W', InversionTime: '' } }), t2({ dicom: { SeriesDescription: 't2_dixon_F', InversionTime: '' } }, 'fat'), ...dce()], {}],
  ['enhanced names of spin echo and suppression', [t2({ dicom: { ScanningSequence: 'SPIN', InversionTime: '', SeriesDescription: 'ax', SpectrallySelectedSuppression: 'FAT' } }), ...dce()], {}],
  // Patients and visits.
  ['throw-away IDs, two studies', [person('a', { PatientID: 'ANON' }), person('b', { PatientID: 'ANON' })], { patients: 'a | b' }],
  ['throw-away IDs, one study', [person('a', { PatientID: 'ANON', StudyInstanceUID: '1' }), person('b', { PatientID: '000', StudyInstanceUID: '1', SeriesDescription: 't1' })], { patients: 'a b' }],
  ['two centres with equal IDs', [person('a', { InstitutionName: 'North' }), person('b', { InstitutionName: 'South' })], { patients: 'a | b', asked: 'centres sameIdOtherPlace' }],
  ['two folders with equal IDs', [person('a', {}, { root: '1' }), person('b', {}, { root: '2' })], { patients: 'a | b', asked: 'centres sameIdOtherPlace' }],
  ['one ID, two birth dates', [person('a', { PatientBirthDate: '19500101' }), person('b', { PatientBirthDate: '19600101' })], { patients: 'a | b', asked: 'sameIdOtherPerson' }],
  ['one ID, two sexes', [person('a', { PatientSex: 'F' }), person('b', { PatientSex: 'M' })], { patients: 'a | b', asked: 'sameIdOtherPerson' }],
  ['two IDs, one name and birth date', [person('a', { PatientID: '1', PatientName: 'ROE^JANE', PatientBirthDate: '19500101' }), person('b', { PatientID: '2', PatientName: 'Jane Roe', PatientBirthDate: '19500101' })], { patients: 'a | b', asked: 'equalNames' }],
  ['names in Chinese, one ID', [person('a', { PatientName: '王^小明' }), person('b', { PatientName: '王小明', StudyInstanceUID: 'study a' })], { patients: 'a b', t2: null, asked: 'role' }],
  ['a console that was started again', [t2(), ...dce((i) => ({ dicom: { StudyInstanceUID: i < 3 ? 'study' : 'study 2' } }))], {}],
  ['two visits: the first', [t2(), ...dce(), t2({ dicom: { StudyInstanceUID: 'later', StudyDate: '20240501' } }, 'late')], { asked: 'visit', aside: 'late otherVisit' }],
  ['equal UIDs, other pixels: neither is taken', [t2({ disputed: 'x' }), t2({ disputed: 'x' }, 'u2'), ...dce()], { t2: null, asked: 'sameUids', aside: 't2 disputed, u2 disputed' }],
] // prettier-ignore

describe('what is proposed, whatever the order of the files and the names of their folders', () => {
  test.each(table)('%s', (_, images, expected) => {
    const isOfPatients = 'patients' in expected
    const wanted = isOfPatients ? expected : { ...usual, aside: '', ...expected }
    fc.assert(
      fc.property(fc.shuffledSubarray(images, { minLength: images.length }), fc.string(), (shuffled, folder) => {
        const renamed = shuffled.map((one, i) => ({
          ...one,
          volume: { ...one.volume, source: { ...one.volume.source, path: `${folder}/${i}.dcm` } },
        }))
        expect(tell(proposeStudy(renamed))).toMatchObject(wanted)
      }),
      { numRuns: 6 },
    )
  })

  test('there are 60 sets at least', () => expect(table.length).toBeGreaterThanOrEqual(60))
})

const decided = (study: ProposedStudy, kind: string) => study.decisions.find((decision) => decision.kind === kind)!

test('every answer holds when more files come', () => {
  const asking = table.filter(([, , { asked }], at) => asked !== undefined || at % 8 === 0)
  const all = asking.flatMap(([, images], at) =>
    images.map((one): ListedImage => {
      const { PatientID = '', StudyInstanceUID = '', SeriesInstanceUID = '' } = one.volume.source.dicom!
      const dicom = { ...one.volume.source.dicom, PatientID: /anon|0/i.test(PatientID) ? PatientID : `${at}-${PatientID}`, StudyInstanceUID: `${at} ${StudyInstanceUID}`, SeriesInstanceUID: `${at} ${SeriesInstanceUID}` } // prettier-ignore
      const { disputed } = one
      return { ...one, ...(disputed !== undefined && { disputed: `${at} ${disputed}` }), id: `${at}:${one.id}`, volume: { ...one.volume, source: { ...one.volume.source, dicom } } } // prettier-ignore
    }),
  )
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), fc.nat(), (random, take) => {
      const some = all.filter(() => random.next().value < 0.7)
      const options = (study: ProposedStudy) =>
        study.decisions.map((decision) => answerTo(decision, said(decision.options[take % decision.options.length].id)))
      const answers = options(proposeStudy(some))
      const before = proposeStudy(some, { answers })
      const after = proposeStudy(all, { answers, known: knownNames(before) })
      for (const { id, chosen } of before.decisions) {
        if (chosen === null) continue
        const answer = answers.find((one) => one.id === id)!
        expect([answer, findBroken(answer, after)]).toEqual([answer, undefined])
      }
      const labels = new Map(after.images.map(({ id, label }) => [id, label]))
      for (const { label, image: first } of knownNames(before).patients)
        expect([first, labels.get(first)]).toEqual([first, label])
    }),
    { numRuns: 8 },
  )
})

/** What an answer wanted and the study has not. */
function findBroken({ kind, role, groups, subjects, option }: Answer, { images, patients }: ProposedStudy): string | undefined {
  const of = (id: string) => images.find((one) => one.id === id)!
  const patient = patients.find(({ label }) => label === of(subjects[0]).label)!
  switch (kind) {
    case 'visit':
      return of(groups[0][0]).visit === patient.visit ? undefined : 'another visit'
    case 'role':
      return patient.roles.find((one) => one.role === role)!.image === (groups[0]?.[0] ?? null) ? undefined : 'another image'
    case 'sameUids':
      return of(groups[0][0]).setAside === null ? undefined : 'another of equal UIDs'
    case 'dce':
      return of(groups[0][0]).phase !== undefined ? undefined : 'another series'
    case 'order':
      return patient.dce?.timesFrom === option ? undefined : 'another clock'
    default: {
      const labels = groups.map((group) => new Set(group.map((id) => (kind === 'centres' ? of(id).facts.centre : of(id).label))))
      if (labels.some(({ size }) => size > 1)) return 'taken apart'
      return new Set(labels.flatMap((own) => [...own])).size === groups.length ? undefined : 'put together'
    }
  }
}

describe('answers', () => {
  const answer = (images: readonly ListedImage[], kind: string, option: string) => [
    answerTo(decided(proposeStudy(images), kind), said(option)),
  ]

  test.each<[string, ListedImage[], kind: string, option: string, Partial<Expected>]>([
    ['one patient after all', [person('a', { PatientSex: 'F' }), person('b', { PatientSex: 'M' })], 'sameIdOtherPerson', 'one', { patients: 'a b' }],
    ['two patients', [person('a', { PatientSex: 'F' }), person('b', { PatientSex: 'M' })], 'sameIdOtherPerson', 'apart', { patients: 'a | b' }],
    ['one centre', [person('a', { InstitutionName: 'North' }), person('b', { InstitutionName: 'N. Hospital', StudyInstanceUID: '2' })], 'centres', 'one', { patients: 'a b' }],
    ['the other visit', [t2(), ...dce(), t2({ dicom: { StudyInstanceUID: 'later', StudyDate: '20240501' } }, 'late')], 'visit', 'late', { t2: 'late', phases: '' }],
    ['the other clock', timed((i) => ({ clocks: { acquisition: clock(minute(i)), content: clock(minute(9 - i)) } })), 'order', 'content', { phases: 'p6 p5 p4 p3 p2 p1', proved: true }],
    ['the other series', [t2(), ...dce((i) => ({ time: minute(20 + i), origin: [30, 0, 0] })), ...dce(undefined, 6, 'c')], 'dce', 'c1', { phases: 'c1 c2 c3 c4 c5 c6' }],
    ['the other image', [t2({ size: [200, 200, 44] }), t2({}, 'again'), ...dce()], 'role', 'again', { t2: 'again' }],
    ['no image', [t2({ size: [200, 200, 44] }), t2({}, 'again'), ...dce()], 'role', 'none', { t2: null }],
    ['the right one of equal UIDs', [t2({ disputed: 'x' }), t2({ disputed: 'x' }, 'u2'), ...dce()], 'sameUids', 'u2', { t2: 'u2', aside: 't2 disputed' }],
  ])('%s', (_, images, kind, option, expected) => {
    const answers = answer(images, kind, option)
    const study = proposeStudy(images, { answers })
    expect(tell(study)).toMatchObject(expected)
    if (decided(study, kind)) expect(decided(study, kind)).toMatchObject({ id: answers[0].id, chosen: said(option) })
  }) // prettier-ignore

  test('phases that a person chose are the series, whatever their headers say', () => {
    const images = [t2(), ...dce(() => ({ dicom: { EchoTime: '12' } }))]
    const chosen: Answer = { id: 'x', kind: 'role', role: 'DCE', subjects: ['t2'], ...said('chosen'), groups: [['p1', 'p2', 'p3', 'p4', 'p5']] } // prettier-ignore
    expect(tell(proposeStudy(images, { answers: [chosen] })).phases).toBe('p1 p2 p3 p4 p5')
  })

  test('the last visit within 30 days before surgery is the study’s', () => {
    const visit = (id: string, StudyDate: string) => t2({ dicom: { StudyInstanceUID: id, StudyDate } }, id)
    const images = [visit('a', '20240101'), visit('b', '20240201'), visit('c', '20240220'), visit('d', '20240320')]
    const chosen = (surgery?: string) => {
      const [{ visits, visit: at, visitReason }] = proposeStudy(images, { surgeryDates: surgery ? { 17: surgery } : {} }).patients
      return [visits[at].images[0], visitReason]
    }
    expect(chosen('20240225')).toEqual(['c', 'before-surgery'])
    expect(chosen('20240302')).toEqual(['c', 'before-surgery'])
    expect(chosen('20240419')).toEqual(['d', 'before-surgery'])
    expect(chosen('20240420')).toEqual(['a', 'first'])
    expect(chosen()).toEqual(['a', 'first'])
  })
})

describe('rules', () => {
  const cohort = ['1', '2', '3'].flatMap((PatientID) => [t2({ dicom: { PatientID, StudyInstanceUID: PatientID } }, `${PatientID} t2`), image(`${PatientID} x`, { dicom: { PatientID, StudyInstanceUID: PatientID, SeriesDescription: 'special' } })]) // prettier-ignore
  const rule = (role: string | null, at = 1, when: RoleRule['when'] = [{ field: 'description', is: 'SPECIAL' }]): RoleRule => ({ when, role, by: 'r', at }) // prettier-ignore
  const roles = (rules: RoleRule[]) => proposeStudy(cohort, { rules }).images.filter(({ role }) => role === 'FST2WI').map(({ id }) => id).join() // prettier-ignore

  test('a rule comes before points, the latest of two counts, whatever their order', () => {
    expect(roles([])).toBe('1 t2,2 t2,3 t2')
    expect(roles([rule('FST2WI')])).toBe('1 x,2 x,3 x')
    expect(roles([rule(null, 2), rule('FST2WI', 1)])).toBe('1 t2,2 t2,3 t2')
    expect(roles([rule(null, 1, [{ field: 'EchoTime', between: [80, 100] }])])).toBe('')
  })

  test('what it changes is counted before it is taken', () => {
    const effect = (added: RoleRule) => countEffect(proposeStudy(cohort), proposeStudy(cohort, { rules: [added] }))
    expect(effect(rule('FST2WI'))).toEqual({ patients: 3, images: 6 })
    expect(effect(rule('FST2WI', 1, [{ field: 'description', contains: 'nothing' }]))).toEqual({ patients: 0, images: 0 })
  })

  test('all like it: the same centre, description and model', () => {
    const { facts } = proposeStudy(cohort).images.find(({ id }) => id === '1 x')!
    const made = ruleForAllLike(facts, { role: 'FST2WI', by: 'r', at: 1 })
    expect(made.when).toEqual([
      { field: 'centre', is: 'a' },
      { field: 'description', is: 'special' },
      { field: 'ManufacturerModelName', is: 'vida' },
    ])
    expect(roles([made])).toBe('1 x,2 x,3 x')
  })
})

test('why an image has its role', () => {
  const { images } = proposeStudy([t2({ time: '101500' }), ...dce()])
  expect(images.find(({ id }) => id === 't2')!.scores.FST2WI).toEqual({
    score: 9,
    reasons: [
      { why: 'long-echo', points: 3 },
      { why: 'axial', points: 3 },
      { why: 'fat-suppressed', points: 3 },
      { why: 'called-t2', points: 2 },
      { why: 'after-contrast', points: -2 },
    ],
  })
})

test('a batch is centre, scanner and protocol; small differences of a protocol are none', () => {
  const patient = (PatientID: string, dicom: Record<string, string>) => t2({ dicom: { PatientID, StudyInstanceUID: PatientID, ...dicom } }, PatientID) // prettier-ignore
  const batches = proposeStudy([
    patient('1', { RepetitionTime: '4400' }),
    patient('2', { RepetitionTime: '4490' }),
    patient('3', { RepetitionTime: '5200' }),
    patient('4', { ManufacturerModelName: 'Skyra' }),
  ]).patients.map(({ batch }) => batch)
  expect(batches).toEqual([
    'A / Vida / 3 T / TR 4400, TE 90, 1 x 2 mm',
    'A / Vida / 3 T / TR 4400, TE 90, 1 x 2 mm',
    'A / Vida / 3 T / TR 5200, TE 90, 1 x 2 mm',
    'A / Skyra / 3 T / TR 4000, TE 90, 1 x 2 mm',
  ])
})

test('no decision holds what names a patient', () => {
  const { decisions } = proposeStudy(table.flatMap(([, images]) => images))
  const text = JSON.stringify(decisions)
  for (const name of ['ROE', '19500101', 'ANON', 'North', '王', '20240']) expect(text).not.toContain(name)
})
