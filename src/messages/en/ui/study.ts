import type { Marked } from '../../marked.ts'

const patients = (count: number) => (count === 1 ? 'patient' : 'patients')

/** Words of the screen Study. */
export const study = {
  title: 'Who is in the study?',
  simulated: 'Simulated patients among them',
  simulatedHint: 'Made images: no measurement of them says anything of patients',
  included: (included: string, found: string, foundCount: number, centres: number) =>
    `${included} of ${found} ${patients(foundCount)} of ${centres === 1 ? 'one centre' : `${centres} centres`}. Every number opens its list of patients.`,
  addFolder: 'Add folder',
  clinicalTable: 'Clinical table',
  saveToFile: 'Save to a file',
  aside: 'What waits, and how far it is',

  // Before there is a study.
  howItBegins: 'A study begins with folders of images of several patients. Here is then who is in and who is left out, and why.',
  begin: 'Begin a study',
  dropFolder: 'Drop a folder with the images of all patients',
  dropHint:
    'Several folders are several centres. Images stay where they are and on this machine. A study that was saved to a file can be dropped here too.',
  chooseFolder: 'Choose a folder',
  openStudyFile: 'Open a study file',
  openSample: 'Open the sample study',
  makingSample: 'Making its images …',

  // The flow chart.
  flowChart: 'Flow chart',
  sumsChecked: (found: string, left: string, out: string) => `all sums checked: ${found} = ${left} + ${out} excluded`,
  tableOfExclusions: 'Table of exclusions',
  wrongSums: (at: string) =>
    `The numbers do not add up at ${at}. Nothing of this chart is saved: this is an error of the program, please report it.`,
  flowOfPatients: 'Flow of patients',
  chartAsList: 'The chart as a list',
  showWho: (title: string, count: number) => `${title}: ${count}, show who`,
  ofBox: (box: string, line: string) => `${box}, ${line}`,
  flow: {
    found: 'Patients found in the files',
    centre: (name: string) => `Centre ${name}`,
    protocols: (count: number) => (count === 1 ? 'one scanner protocol' : `${count} scanner protocols`),
    noCohort: 'In no cohort yet',
    cohorts: { training: 'Training cohort', validation: 'Validation cohort' } as Readonly<Record<string, string>>,
    fixed: 'fixed',
    planned: 'planned, not fixed yet',
    task: (number: number) => `Task ${number}`,
    outside: 'not part of it',
    excluded: 'Excluded',
    /** `HER2 low, zero or negative`. */
    className: (variable: string, levels: readonly string[]) =>
      `${variable} ${[levels.slice(0, -1).join(', '), levels.at(-1)].filter(Boolean).join(' or ')}`,
    inList: (box: string, line: string) => `${box}, ${line.toLowerCase()}`,
    counted: (name: string, count: number, parts: readonly string[]) =>
      `${name}: ${count}${parts.length > 0 ? ` (${parts.join('; ')})` : ''}`,
    part: (name: string, count: number) => `${name}: ${count}`,
  },

  // Cohorts.
  cohorts: 'Cohorts',
  cohortsFixed: 'Cohorts fixed',
  fixedBy: (isFirst: boolean, at: string, by: string, plan: string, thawed: number) =>
    ` ${isFirst ? 'before anything was learnt, ' : ''}${at}, by ${by}, ${plan}.${thawed === 0 ? '' : ` Thawed ${thawed === 1 ? 'once' : `${thawed} times`} before.`} `,
  hash: 'Hash',
  byCentre: (centres: readonly string[]) =>
    `by centre: ${centres.length === 1 ? 'centre' : 'centres'} ${centres.join(', ')} ${centres.length === 1 ? 'learns' : 'learn'}, all others are judged`,
  byDate: (day: string) => `by date: patients examined before ${day} learn, all others are judged`,
  byChance: (percent: number, seed: number) =>
    `by chance: ${percent} % are judged, drawn by outcome and scanner with seed ${seed}`,
  thawAsk: 'Thaw …',
  inNoCohort: 'In no cohort',
  cameSince: (count: number) =>
    ` ${count === 1 ? 'patient is' : 'patients are'} in no cohort: thaw and fix the cohorts again to take them in.`,
  whyThaw: 'Why are they thawed? The reason stays with the study; whatever was learnt is out of date then, features stay.',
  thaw: 'Thaw the cohorts',
  leaveFixed: 'Leave them fixed',
  plans: { centre: 'By centre', date: 'By date', split: 'By chance' },
  fixedBefore: 'fixed before anything is learnt',
  planOfCohorts: 'Plan of cohorts',
  choosePlan: 'Who learns, and who is judged? Choose a plan.',
  dateNeedsDays: ' By date needs the days of the examinations, from the clinical table.',
  doubtsOpen: (count: number) =>
    `${count === 1 ? 'One doubt' : `${count} doubts`} of the clinical table ${count === 1 ? 'is' : 'are'} open: what they are about stays unknown.`,
  training: 'Training ',
  validation: 'Validation ',
  inNeither: 'In neither ',
  trainingPlanned: 'Training cohort, planned',
  validationPlanned: 'Validation cohort, planned',
  fixCohorts: 'Fix the cohorts',
  learnOf: 'Patients learn of',
  centre: (name: string) => `Centre ${name}`,
  examinedBefore: 'Patients learn who were examined before',
  judgedPercent: 'Judged, in percent',
  seed: 'Seed',
  sameSeed: 'The same seed draws the same patients.',

  // Reasons, and whom a number counts.
  reasons: 'Reasons of the excluded',
  reasonsHint: 'in their order: a patient is counted at the first that holds',
  reason: 'Reason',
  countedHere: 'Counted here',
  holdsOf: 'Holds of',
  excludedFor: (reason: string) => `Excluded, ${reason}`,
  excludedAlsoFor: (reason: string) => `Excluded, also ${reason}`,
  closeList: 'Close the list',
  onWorkList: 'On the work list',
  images: 'Images',

  // What waits.
  nothingWaits: 'Nothing waits for you.',
  nothingWaitsYet: 'Nothing waits for you. A clinical table may bring more.',
  show: 'Show',
  showIt: (what: string) => `Show: ${what}`,
  decide: 'Decide',
  decideIt: (what: string) => `Decide: ${what}`,
  exclude: 'Exclude',
  excludeIt: (what: string) => `Exclude: ${what}`,
  toExclude: (reason: string) => `To exclude, ${reason}`,
  inFixedCohort: (reason: string) => `${reason}, in a fixed cohort`,
  thawFirst: 'They stay while the cohorts are fixed: thaw them to leave these patients out.',
  askedAgain: 'Add their folder again: this is asked there, before anything is taken.',

  // How far it is, and where it lies.
  rois: 'ROIs',
  inProgress: (count: number) => `${count} in progress`,
  whereItLies: 'Where it lies',
  folders: 'Folders',
  linked: (folders: string) => `${folders}, linked`,
  givenEachTime: 'given at each visit',
  atHand: (images: string) => `${images} at hand`,
  notAtHand: (away: string, images: string) => `${away} of ${images} not at hand`,
  inThisBrowser: 'In this browser',
  recordsRoisFeatures: 'records, ROIs, features',
  itIsKept: 'It is kept',
  untilDeleted: 'until you delete it',
  mayBeCleared: 'may be cleared',
  askToKeep: 'Ask the browser to keep it',
}

/** Words of the clinical table of a study. */
export const sheet = {
  name: 'Clinical table',
  title: 'What does the clinical table say?',
  opened: (file: string, rows: number) => `${file}, ${rows} rows. Columns that are not used here are not kept.`,
  ofFile: 'The values came with a study file, as they were read there. What was written stayed with the hospital’s table.',
  ofStudy: (rows: number, variables: number) =>
    `${rows} rows, ${variables} variables are part of the study. Every value keeps what was written.`,
  none: 'A CSV or Excel file as the hospital writes it. It stays on this machine.',
  remove: 'Remove the table',
  leave: 'Leave this table',
  chooseAnother: 'Choose another table',
  use: 'Use these columns',
  back: 'Back to the study',
  reading: 'The table is read …',
  noIds: 'No column is that of the patients’ IDs yet: say which one is, at the left.',
  chooseIt: 'Choose the clinical table',
  ofThesePatients: 'The hospital’s table of these patients',
  whatIsFound:
    'One row a patient with her ID. Age, HER2, ER, PR, Ki-67, size, dates and the like are found by their names, in English or Chinese; what is doubtful is asked, nothing is repaired silently.',
  choose: 'Choose a table',
  takesThePlace: 'It takes the place of the table that is part of the study, and its answers go with that: they are asked anew.',
  sheet: 'Sheet',
  notUtf8: (encoding: string) =>
    `The file is not UTF-8 and is read as ${encoding}. If these lines look wrong, save it as “CSV UTF-8” and choose it again:`,

  columns: 'Columns',
  areVariables: (variables: number, columns: number) => `${variables} of ${columns} are variables`,
  columnsOfTable: 'Columns of the table',
  inTheTable: 'In the table',
  firstValues: 'First values',
  here: 'Here',
  columnIs: (column: string) => `${column} is`,
  notUsed: 'Not used',
  patientsId: 'Patient’s ID',
  hybridisation: 'HER2, FISH or other hybridisation',
  anotherNumber: 'Another number',
  anotherCategory: 'Another category',
  values: 'Values',
  variables: (count: number) => `${count} variables`,
  valuesOfFile: 'Values of the study file',
  variable: 'Variable',
  knownOf: 'Known of',
  of: (count: number, all: number) => `${count} of ${all}`,

  rowsAndPatients: 'Rows and patients',
  haveRow: (count: string, all: string): Marked => ['', count, ` of ${all} patients have a row`],
  noImages: (count: string, isOne: boolean, which: string): Marked => [
    '',
    count,
    ` ${isOne ? 'row has' : 'rows have'} no images here (${which})`,
  ],
  noRow: (count: string, isOne: boolean, which: string): Marked => [
    '',
    count,
    ` ${isOne ? 'patient has' : 'patients have'} no row (${which})`,
  ],
  withoutId: 'without an ID',
  against: (count: number, which: string): Marked => [
    '',
    String(count),
    ` with HER2 3+ and negative hybridisation, counted as positive (${which})`,
  ],
  atOnePercent: (count: number, variable: string): Marked => [
    '',
    String(count),
    ` with ${variable} at exactly 1 %, counted as negative`,
  ],

  doubts: 'Doubts',
  doubtCount: (count: number) => (count === 0 ? 'No doubts' : count === 1 ? 'One doubt' : `${count} doubts`),
  openStaysUnknown: 'what is open stays unknown',
  answeredOnceUsed: 'to be answered once these columns are used',
  pair: (row: string, patient: string) => `${row} in the table, ${patient} in the images`,
  written: (label: string, text: string) => `${label}: ${text}`,
  standsFor: (text: string) => `“${text}” stands for`,
  standsForLabel: (text: string) => `${text} stands for`,
  notSaid: 'Not said',
  answers: (count: number) => (count === 1 ? 'One answer' : `${count} answers`),
  askedOf: (label: string, question: string) => `${label}, ${question}`,
  answer: (asked: string): string => `${asked}: `,
  openAgain: 'Open again',
  openAgainIt: (asked: string) => `Open again: ${asked}`,
  corrected: (count: number) => (count === 1 ? 'One corrected value' : `${count} corrected values`),
  correctedValue: (label: string, variable: string, value: string | number) => `${label}, ${variable}: ${value} `,
  writtenAs: (raw: string) => `written: ${raw}`,
}
