import { expect, test } from 'vitest'
import type { ListedImage } from './listedImage.ts'
import { proposeStudy } from './proposeStudy.ts'
import { proposePatterns, readName } from './readNames.ts'

const of = (ids: readonly string[], names: readonly string[]) =>
  ids.flatMap((id) => names.map((name) => name.replaceAll('ID', id)))
const ids = ['A-001', 'A-002', 'B-017', 'B-020']

test.each<[paths: string[], text: string, patients: number, roles: string[]]>([
  [of(ids, ['ID/T2.nii.gz', 'ID/T1.nii.gz']), '{id}/{role}.nii.gz', 4, ['T1', 'T2']],
  [of(ids, ['all/ID_T2.nii', 'all/ID_dce_1.nii', 'all/ID_dce_2.nii', 'all/ID_dce_10.nii']), '{id}_{role}_{phase}.nii', 4, ['T2', 'dce']],
  [of(ids, ['ID/t2.nii.gz', 'ID/t2_mask.nii.gz']), '{id}/{role}.nii.gz', 4, ['t2']],
  [of(ids, ['ID/ID_fst2wi.nrrd', 'ID/ID_dce1.nrrd', 'ID/ID_dce2.nrrd']), '{id}/{role}_{phase}.nrrd', 4, ['dce', 'fst2wi']],
  [of(['7', '12', '0033'], ['t2_ID.mha', 't1c_ID.mha']), '{role}_{id}.mha', 3, ['t1c', 't2']],
  [of(ids, ['ID/baseline/t2.nii', 'ID/baseline/t1.nii']), '{id}/*/{role}.nii', 4, ['t1', 't2']],
  [of(['01', '02'], ['sub-ID/anat/sub-ID_T2w.nii.gz', 'sub-ID/anat/sub-ID_ce-gad_T1w.nii.gz']), 'sub-{id}_{role}.nii.gz', 2, ['T1wce', 'T2w']],
  [['A-001_T2.nii', 'A-002_T2.nii', 'A-003_T2.nii'], '{id}_{role}.nii', 3, ['T2']],
  // One that lacks an image does not hide the pattern.
  [of(ids, ['ID/T2.nii', 'ID/T1.nii']).slice(1), '{id}/{role}.nii', 4, ['T1', 'T2']],
])('%j', (paths, text, patients, roles) => {
  expect(proposePatterns(paths)[0]).toMatchObject({ text, patients, roles, files: paths.length })
}) // prettier-ignore

test('numbers alone, and names without a role, are no pattern', () => {
  expect(proposePatterns(['1.nii', '2.nii', '3.nii'])).toEqual([])
  expect(proposePatterns([])).toEqual([])
})

test('masks go by mask, seg, label and roi; t1 and t2 are no phases', () => {
  const read = (path: string) => readName({ id: 'folder', above: 1 }, path)
  for (const word of ['mask', 'seg', 'label', 'ROI'])
    expect(read(`a/t2_${word}.nii`)).toEqual({ id: 'a', role: 't2', isMask: true })
  expect(read('a/mask-t2.nii')).toEqual({ id: 'a', role: 't2', isMask: true })
  expect(read('a/t2.nii')).toEqual({ id: 'a', role: 't2', isMask: false })
  expect(read('a/dce_ph03.nii')).toEqual({ id: 'a', role: 'dce', phase: 3, isMask: false })
  expect(readName({ id: 'BIDS' }, 'sub-01_ses-2_label-tumour_mask.nii')).toEqual({ id: '01', session: '2', role: 'tumour', isMask: true }) // prettier-ignore
})

test('patients, roles and phases of files without headers are as their names say', () => {
  const paths = of(ids, ['ID/T2.nii', 'ID/dce_1.nii', 'ID/dce_2.nii', 'ID/dce_10.nii'])
  const [{ pattern }] = proposePatterns(paths)
  const images = paths.map((path, i): ListedImage => {
    const { id, role, phase } = readName(pattern, path)!
    return {
      id: `${99 - i}`,
      named: { id, role, ...(phase !== undefined && { phase }) },
      volume: {
        size: [9, 9, 9],
        spacingMm: [1, 1, 1],
        originMm: [0, 0, 0],
        direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        source: { path, format: 'NIfTI' },
      },
    }
  })
  const study = proposeStudy(images)
  const pathOf = (id: string | null) => images.find((image) => image.id === id)?.volume.source.path
  expect(study.decisions).toEqual([])
  expect(
    study.patients.map(({ dce, roles }) => [
      dce!.phases.map(({ image }) => pathOf(image)),
      roles.map(({ image }) => pathOf(image)),
    ]),
  ).toEqual(
    [...ids].reverse().map((id) => [
      [`${id}/dce_1.nii`, `${id}/dce_2.nii`, `${id}/dce_10.nii`],
      [`${id}/T2.nii`, `${id}/dce_1.nii`, undefined],
    ]),
  )
})
