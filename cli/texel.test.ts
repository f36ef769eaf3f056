import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareFeatures, parseFeatureLines } from '../src/core/features/madeComparison.ts'
import { referenceFile, sampleFile, spawnProgram } from './testProgram.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (path: string) => readFileSync(path, 'utf8')
const caseFiles = (name: string) => [
  '--image',
  referenceFile(`cases/${name}/image.nii.gz`),
  '--mask',
  referenceFile(`cases/${name}/mask.nii.gz`),
]
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function extract(...args: string[]) {
  const output = join(folder, 'features.csv')
  rmSync(output, { force: true })
  const outcome = await spawnProgram(['extract', ...args, '--output', output], folder)
  return { ...outcome, text: existsSync(output) ? read(output) : '' }
}

test.each(['brain1', 'breast1'])('%s with the built-in parameters gives the 1502 features of PyRadiomics', async (name) => {
  const { exitCode, stdout, stderr, text } = await extract(
    '--image',
    sampleFile(`${name}/image.nii.gz`),
    '--mask',
    sampleFile(`${name}/mask.nii.gz`),
  )
  expect([exitCode, stdout]).toEqual([0, ''])
  expect(stderr).not.toContain('\r')
  const comparison = compareFeatures(
    parseFeatureLines(text),
    parseFeatureLines(read(referenceFile(`${name}/features_paper.csv`))),
  )
  expect(comparison.summary).toMatch(/^150[0-2]\/1502/)
  expect(comparison.equal, comparison.summary).toBe(true)
})

test.each([
  ['int16', 'all-classes'],
  ['oblique', 'resample-down'],
  ['lefthanded', 'study-like'],
  ['label255', 'label-255'],
  ['vector', 'label-channel-1'],
  ['othergrid', 'correct-mask'],
  ['float32', 'overrides'],
])('%s with the parameters %s gives the features of PyRadiomics in its order', async (name, parameters) => {
  const { exitCode, text, stderr } = await extract(...caseFiles(name), '--params', referenceFile(`parameters/${parameters}.yaml`))
  expect(exitCode, stderr).toBe(0)
  const want = parseFeatureLines(read(referenceFile(`answers/${name}__${parameters}.csv`)))
  const got = parseFeatureLines(text)
  expect(got.map(([feature]) => feature)).toEqual(want.map(([feature]) => feature))
  expect(compareFeatures(got, want)).toMatchObject({ equal: true })
})

test('diagnostics come first, under the names of PyRadiomics', async () => {
  const { text } = await extract(...caseFiles('int16'), '--params', referenceFile('parameters/defaults.yaml'))
  const names = Papa.parse<string[]>(text.trimEnd()).data.map(([name]) => name)
  expect(names[0]).toBe('feature')
  const first = names.findIndex((name) => name.startsWith('original_'))
  expect(first).toBeGreaterThan(10)
  expect(names.slice(1, first).every((name) => name.startsWith('diagnostics_'))).toBe(true)
  expect(names.slice(first).some((name) => name.startsWith('diagnostics_'))).toBe(false)
  const { diagnostics } = JSON.parse(read(referenceFile('answers/int16__defaults.json'))) as { diagnostics: [string, string][] }
  const got = new Map(Papa.parse<[string, string]>(text.trimEnd()).data)
  for (const [name, value] of diagnostics.filter(([name]) => /_(Hash|Size|Spacing|BoundingBox|VoxelNum|VolumeNum)$/.test(name)))
    expect([name, got.get(name)]).toEqual([name, value])
})

test('--label wins over the parameter file', async () => {
  const { exitCode, text } = await extract(
    ...caseFiles('twolabels'),
    '--label',
    '2',
    '--params',
    referenceFile('parameters/defaults.yaml'),
  )
  expect(exitCode).toBe(0)
  const wanted = /MeshVolume,(.*)/.exec(read(referenceFile('answers/twolabels__label-2.csv')))![1]
  expect(Number(/MeshVolume,(.*)/.exec(text)![1])).toBeCloseTo(Number(wanted), 9)
})

test('a list: rows in its order, errors beside it, exit code 1', async () => {
  const list = write(
    'cases.csv',
    [
      'id,sequence,image,mask,label',
      ...['int16', 'empty', 'label255', 'twolabels'].map(
        (name) =>
          `${name},T1,${referenceFile(`cases/${name}/image.nii.gz`)},${referenceFile(`cases/${name}/mask.nii.gz`)},${name === 'label255' ? 255 : ''}`,
      ),
    ].join('\n'),
  )
  const { exitCode, stderr, text } = await extract(
    '--cases',
    list,
    '--params',
    referenceFile('parameters/defaults.yaml'),
    '--workers',
    '2',
  )
  expect(exitCode).toBe(1)
  expect(stderr).toContain('4 cases: 3 in')
  const rows = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data
  expect(rows.map(({ id }) => id)).toEqual(['int16', 'label255', 'twolabels'])
  for (const row of rows) {
    const want = parseFeatureLines(
      read(referenceFile(`answers/${row.id}__${row.id === 'label255' ? 'label-255' : 'defaults'}.csv`)),
    )
    // The label's parameter file has another bin width and fewer features.
    const names = want.map(([name]) => name).filter((name) => row.id !== 'label255' || name.includes('_shape_'))
    expect(
      compareFeatures(
        names.map((name) => [name, Number(row[name])]),
        want.filter(([name]) => names.includes(name)),
      ).summary,
    ).toContain('outside 0')
  }
  const errors = Papa.parse<Record<string, string>>(read(`${join(folder, 'features.csv')}.errors.csv`).trimEnd(), {
    header: true,
  }).data
  expect(errors).toMatchObject([{ id: 'empty', sequence: 'T1' }])
  expect(errors[0].reason).toMatch(/empty|label/i)
})

test('--resume: nothing is computed again, a changed parameter file is refused', async () => {
  const image = referenceFile('cases/int16/image.nii.gz')
  const list = write(
    'two.csv',
    `id,image,mask\na,${image},${referenceFile('cases/int16/mask.nii.gz')}\nb,${image},${referenceFile('cases/oneslice/mask.nii.gz')}\n`,
  )
  const output = join(folder, 'resumed.csv')
  const run = (parameters: string) =>
    spawnProgram(
      ['extract', '--cases', list, '--params', referenceFile(`parameters/${parameters}.yaml`), '--output', output, '--resume'],
      folder,
    )
  expect((await run('defaults')).exitCode).toBe(0)
  const whole = read(output)
  writeFileSync(output, whole.slice(0, -200))
  expect((await run('defaults')).exitCode).toBe(0)
  expect(read(output)).toBe(whole)
  const refused = await run('bin-count')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('a: parameters')
  expect(read(output)).toBe(whole)
})

test.each([[[]], [['extract']], [['inspect']]])('%j --help tells what is expected', async (command) => {
  const { exitCode, stdout } = await spawnProgram([...command, '--help'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Usage: texel')
})

test('the help names every command, though a command is loaded by itself', async () => {
  const { stdout } = await spawnProgram(['--help'])
  const names = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name)
  expect(names.join(' ')).toBe(
    'extract merge inspect agree table1 harmonise train predict evaluate select analyse protocol simulate plan study perturb ibsi features help',
  )
  expect((await spawnProgram(['help', 'plan'])).stdout).toContain('Usage: texel plan')
})

test.each([
  [[], 'Usage'],
  [['extrakt'], "unknown command 'extrakt'"],
  [['inspect'], 'missing required argument'],
  [['extract'], "required option '--output <file.csv>'"],
  [['extract', '--output', 'x.csv'], 'Give --image and --mask, or --cases'],
  [['extract', '--image', 'a.nii', '--output', 'x.csv'], 'Give --image and --mask'],
  [['extract', '--image', 'a.nii', '--cases', 'c.csv', '--output', 'x.csv'], 'cannot be used with'],
  [['extract', '--image', 'a.nii', '--mask', 'b.nii', '--resume', '--output', 'x.csv'], 'cannot be used with'],
  [['extract', '--image', 'a.nii', '--mask', 'b.nii', '--label', '0', '--output', 'x.csv'], 'A number above 0'],
  [['extract', '--cases', 'none.csv', '--workers', '0', '--output', 'x.csv'], 'A whole number from 1'],
  [['extract', '--cases', 'none.csv', '--output', 'x.csv'], 'none.csv cannot be read'],
  [['extract', '--image', 'a.nii', '--mask', 'b.nii', '--params', 'none.yaml', '--output', 'x.csv'], 'none.yaml cannot be read'],
  [['extract', '--image', 'a.nii', '--mask', 'b.nii', '--output', 'none/x.csv'], 'no folder none'],
])('wrong usage: %j', async (args, message) => {
  const { exitCode, stderr } = await spawnProgram(args, folder)
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('cases that are given twice are refused before anything is computed', async () => {
  const list = write('twice.csv', 'id,image,mask\na,i,m\na,i,m\n')
  const { exitCode, stderr, text } = await extract('--cases', list)
  expect([exitCode, text]).toEqual([2, ''])
  expect(stderr).toContain('case 2 is the same as case 1')
})

test.each([
  ['setting:\n  binwidth: 5\n', /line 2.*binwidth/is],
  ['imageType:\n  Original: {}\n  Wavelets: {}\n', /line 3.*Wavelets/is],
  ['setting:\n  binWidth: -5\n', /line 2.*binWidth/is],
  ['setting:\n  wavelet: haarr\n', /line 2.*haarr/is],
  ['voxelSetting:\n  kernelRadius: 1\n', /line 1.*voxelSetting/is],
  ['featureClass:\n  glcm: [Contrasts]\n', /line 2.*Contrasts/is],
  ['setting: [\n', /line/i],
])('a bad parameter file is refused with its line: %j', async (yaml, message) => {
  const { exitCode, stderr } = await extract(...caseFiles('int16'), '--params', write('bad.yaml', yaml))
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(message)
})

test('what the parameters make of the grey levels is told before a list is measured', async () => {
  const [image, mask] = ['image', 'mask'].map((part) => sampleFile(`breast1/${part}.nii.gz`))
  const cases = write('two.csv', `id,image,mask\na,${image},${mask}\nb,${image},${mask}\n`)
  const params = write(
    'bins.yaml',
    'imageType:\n  Original: { binWidth: 0.00001 }\n  Gradient: {}\nfeatureClass: { firstorder: [Mean], glcm: [Idm] }\nsetting: { binWidth: 500 }\n',
  )
  const { exitCode, stderr } = await extract('--cases', cases, '--params', params)
  expect(exitCode).toBe(1)
  const lines = stderr.split('\n').filter((line) => /original|gradient/.test(line))
  expect(lines[0]).toMatch(/^Before the run, from .*: original will be refused: binWidth 0\.00001 gives/)
  expect(lines[1]).toMatch(/^Before the run, from .*: Outside 16 to 128 grey levels.*gradient \(/)
  expect(lines.slice(2).every((line) => !line.startsWith('Before'))).toBe(true)
})
