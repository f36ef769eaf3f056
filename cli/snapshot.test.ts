import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'
import { referenceFile, sampleFile } from './testProgram.ts'

/*
 * What the command line says and writes over inputs that once went wrong, kept word by word and bit by bit: a change of structure leaves it
 * as it is. A change on purpose is taken over by `npx vitest run cli/snapshot.test.ts -u`, and its commit says which and why.
 */

const faults = referenceFile('../faults')
const studyTables = ['--protocol', 'p.yaml', '--features', 'f.csv', '--clinical']
const analyse = ['analyse', ...studyTables, 'c.csv', '--output', 'out']
const learn = ['--features', 'f.csv', '--outcomes', 'c.csv', '--outcome', 'outcome', '--train', 'train.txt']
const measure = (image: string, mask: string, params: string, ...more: string[]) => [
  'extract',
  '--image',
  image,
  '--mask',
  mask,
  '--params',
  params,
  '--output',
  'out/features.csv',
  ...more,
]
const measureList = (list: string, params: string, ...more: string[]) => [
  'extract',
  '--cases',
  list,
  '--params',
  params,
  '--output',
  'out/features.csv',
  ...more,
]
const pyradiomicsCase = (name: string, parameters: string) =>
  measure(
    referenceFile(`cases/${name}/image.nii.gz`),
    referenceFile(`cases/${name}/mask.nii.gz`),
    referenceFile(`parameters/${parameters}.yaml`),
  )
const harmonise = (table: string, ...more: string[]) => ['harmonise', '--features', table, '--batch', 'scanner', ...more]

/** By folder of reference/faults: what is run in it, one after the other. */
const runs: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'extraction/01-weighted-glcm-imc1-mcc': [measure('image.nrrd', 'mask.nrrd', 'params.yaml'), ['inspect', '.', '--labels']],
  'extraction/03-correlation-one-level-first': [measure('image.nrrd', 'mask.nrrd', 'params.yaml')],
  'extraction/04-utf8-names-of-segments': [
    ['inspect', '.', '--labels'],
    ['inspect', '.', '--labels', '--json'],
  ],
  'extraction/06-case-list-gb18030': [
    measureList('gb3.csv', 'min.yaml'),
    measureList('gb3.csv', 'min.yaml'),
    measureList('gb2.csv', 'min.yaml', '--overwrite'),
    measureList('u16.csv', 'min.yaml', '--overwrite'),
  ],
  'extraction/08-inspect-labels-of-an-image': [['inspect', '.', '--labels']],
  'extraction/09-parametric-map-cut-off': [['inspect', '.']],
  'extraction/10-nm-detector-information': [['inspect', '.', '--labels']],
  'extraction/13-unnamed-format': [
    ['inspect', '.'],
    ['inspect', '.', '--json'],
  ],
  'extraction/14-dicom-monochrome1-and-lossy': [['inspect', '.']],
  'extraction/16-pyradiomics-case-list': [measureList('pyrad.csv', 'min.yaml'), measureList('caps.csv', 'min.yaml')],
  'extraction/19-warning-repeated-for-every-case': [measureList('list30.csv', 'p.yaml')],
  'statistics/01-outcome-among-features': [
    analyse,
    ['select', '--protocol', 's.yaml', ...learn, '--output', 'out/s.json'],
    ['train', ...learn, '--model', 'logistic', '--output', 'out/m.json'],
  ],
  'statistics/02-two-lesions-per-patient': [analyse],
  'statistics/03-feature-equal-to-outcome': [analyse],
  'statistics/04-apply-with-covariates-in-features': ['sex', 'age'].flatMap((k) => [
    harmonise(`${k}.csv`, '--covariates', k, '--learn-on', 'train.txt', '--output', `out/${k}.csv`, '--model', `out/${k}.json`),
    harmonise(`${k}.csv`, '--apply', `out/${k}.json`, '--output', `out/${k}-applied.csv`),
  ]),
  'statistics/08-gbk-table': ['c_gbk', 'c_utf8'].map((c) => ['analyse', ...studyTables, `${c}.csv`, '--output', `out/${c}`]),
  'statistics/11-factors-also-in-covariates': [['age', 'grade'], ['age']].map((covariates, i) =>
    harmonise(
      't.csv',
      '--covariates',
      ...covariates,
      '--factors',
      'grade',
      '--output',
      `out/h${i}.csv`,
      '--model',
      `out/m${i}.json`,
    ),
  ),
  'statistics/12-what-a-paper-needs': [analyse, analyse],
  'statistics/14-forms-of-a-csv': ['id_last', 'patientid', 'pandas_index', 'trailing_commas', 'sep_line'].map((table) => [
    'table1',
    '--clinical',
    `${table}.csv`,
    '--by',
    'g',
  ]),
  'statistics/17-reclassification-category-free': [
    [
      'evaluate',
      '--scores',
      's.csv',
      '--outcome',
      'y',
      '--probabilities',
      'a,b',
      '--reclassification',
      'category-free',
      '--output',
      'out/e.json',
    ],
  ],
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-snapshot-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What differs from run to run or from machine to machine: hours, durations, folders, versions. */
const isAboutTheRun = /"(startedAt|endedAt|at|workers)": |^Generated |^diagnostics_Versions_/
const withoutPlaces = (text: string) =>
  text
    .replaceAll(referenceFile(''), '<reference>/')
    .replaceAll(sampleFile(''), '<samples>/')
    .replaceAll(folder, '<folder>')
    .replaceAll(/; \d+ workers?.* GiB of memory.*\.$/gm, '; <share of the machine>.')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    // What computes is a matter of kernels.wasm; what it computes stands in the files.
    .replaceAll(/("engine": "|\(kernels\.wasm\): SHA-256 )[0-9a-f]{64}/g, '$1<engine>')
    // The report says when the run was, so its hash is another one every time.
    .replaceAll(/("name": "report\.html",\s+"sha256": )"\w+"/g, '$1<hash>')
const sha256 = (path: string) => {
  const lines = readFileSync(path, 'latin1')
    .split('\n')
    .filter((line) => !isAboutTheRun.test(line))
  return createHash('sha256')
    .update(withoutPlaces(lines.join('\n')), 'latin1')
    .digest('hex')
    .slice(0, 16)
}

/** Runs the commands in a folder. @returns each with its exit code, what it printed, and the hashes of all that was written in the end */
async function tell(cwd: string, commands: readonly (readonly string[])[]): Promise<string> {
  const output = join(cwd, 'out')
  mkdirSync(output, { recursive: true })
  const told: string[] = []
  for (const command of commands) {
    const { exitCode, stdout, stderr } = await runProgram(command, cwd)
    told.push(`$ texel ${command.join(' ')}`, stdout, stderr, `exit code ${exitCode}`, '')
  }
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  // Where and when each case was measured.
  const kept = files.filter(({ name }) => !name.endsWith('.csv.run.json'))
  const written = kept.map((file) => join(file.parentPath, file.name)).sort()
  return withoutPlaces([...told, ...written.map((path) => `${sha256(path)} ${path.slice(output.length + 1)}`), ''].join('\n'))
}

test('every folder of faults is run', () => {
  const noInput = ['extraction/17-rerun-without-resume-erases', 'extraction/20-no-choice-of-series-or-phase']
  const folders = ['extraction', 'statistics'].flatMap((kind) => readdirSync(join(faults, kind)).map((name) => `${kind}/${name}`))
  expect([...Object.keys(runs), ...noInput].sort()).toEqual(folders.sort())
})

test.each(Object.entries(runs))('%s', async (name, commands) => {
  const cwd = join(folder, name)
  cpSync(join(faults, name), cwd, { recursive: true })
  expect(existsSync(cwd)).toBe(true)
  await expect(await tell(cwd, commands)).toMatchFileSnapshot(`snapshots/${name.replace('/', '-')}.txt`)
})

test.each([
  ['brain1', [measure(sampleFile('brain1/image.nii.gz'), sampleFile('brain1/mask.nii.gz'), referenceFile('params.yaml'))]],
  [
    'made cases',
    [
      ['int16', 'all-classes'],
      ['oblique', 'resample-down'],
      ['nan', 'defaults'],
      ['outside', 'defaults'],
      ['point', 'all-classes'],
    ].map(([name, parameters]) => [...pyradiomicsCase(name, parameters), '--overwrite']),
  ],
])('features of %s', async (name, commands) => {
  await expect(await tell(join(folder, name), commands)).toMatchFileSnapshot(`snapshots/features of ${name}.txt`)
})
