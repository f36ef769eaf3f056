import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { beginZip } from './beginZip.ts'

test('files come back from the zip as they were put in, also those of several pieces and of none', async () => {
  const large = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 2654435761) >>> 24)
  const zip = beginZip(new Date(2026, 2, 9))
  await zip.add('P0001_T1_reader-1.nii.gz', large)
  await zip.add('empty.csv', new Uint8Array(0))
  await zip.add('rois.csv', new TextEncoder().encode('file\n'))
  const files = unzipSync(new Uint8Array(await zip.finish().arrayBuffer()))
  expect(Object.keys(files)).toEqual(['P0001_T1_reader-1.nii.gz', 'empty.csv', 'rois.csv'])
  expect(Buffer.compare(files['P0001_T1_reader-1.nii.gz'], large)).toBe(0)
  expect(files['empty.csv']).toHaveLength(0)
  expect(new TextDecoder().decode(files['rois.csv'])).toBe('file\n')
})
