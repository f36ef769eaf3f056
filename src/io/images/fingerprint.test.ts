// @vitest-environment node
import { expect, test } from 'vitest'
import { identityDirection, type Volume } from '../../core/image/volume.ts'
import { fingerprintVolume } from './fingerprint.ts'
import { matchFingerprints } from './matchFingerprints.ts'

const volume: Volume = {
  size: [4, 3, 2],
  spacingMm: [1, 1, 3],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Float32Array.from({ length: 24 }, (_, i) => i),
  source: { path: 'a.nii', format: 'NIfTI' },
}
const named = (phase: string, more: Record<string, string> = {}): Volume => ({
  ...volume,
  source: { path: 'dce', format: 'DICOM', phase, dicom: { SeriesInstanceUID: '1.2.3', ...more } },
})

test('a fingerprint is that of the versions before, tells grid, phase and voxels apart and does not look at the name', () => {
  const same = fingerprintVolume(volume)
  // As the version of 24 November 2026 made it.
  expect(same).toBe('0818b7d4f0333013911400aa453a9cd0e090d1c8dffedecd27cab73d4bf6d0a3')
  expect(fingerprintVolume(named('phase 2 of 6'))).toBe('64ea14ac3ecb67d2acb332708a37215937d585443998e768340d944ca090ce78')
  expect(fingerprintVolume({ ...volume, source: { path: 'b.nii', format: 'NIfTI' } })).toBe(same)
  const others = [
    { ...volume, spacingMm: [1, 1, 4] as const },
    { ...volume, source: { ...volume.source, phase: '2' } },
    { ...volume, voxels: volume.voxels.map((v) => v + 1) },
  ]
  for (const other of others) expect(fingerprintVolume(other as Volume)).not.toBe(same)
})

test.each([
  ['', 'phase 2 of 6'],
  ['phase 2 of 6', ''],
  ['phase 2 of 6', 'phase 5 of 6'],
  ['phase 1 of 2', 'phase 30 of 40'],
  ['image type ORIGINAL PRIMARY M, phase 2 of 6', 'image type ORIGINAL PRIMARY M, phase 3 of 6'],
  ['', 'image type ORIGINAL PRIMARY M, phase 3 of 6'],
  ['', 'echo 2 of 3 (4.92)'],
  ['', 'b-value 800'],
])('what is called "%s" now is found under "%s"', async (now, then) => {
  const facts = { ImageType: 'ORIGINAL\\PRIMARY\\M', EchoTime: '4.92', DiffusionBValue: '800' }
  const old = fingerprintVolume(named(then, facts))
  expect(await matchFingerprints(named(now, facts), new Set(['0', old]))).toEqual([old])
})

test('neither other voxels nor another series nor another phase of a file is found', async () => {
  const old = new Set([fingerprintVolume(named('phase 2 of 6'))])
  expect(await matchFingerprints({ ...named(''), voxels: volume.voxels.map((v) => v + 1) }, old)).toEqual([])
  expect(await matchFingerprints(named('', { SeriesInstanceUID: '1.2.4' }), old)).toEqual([])
  const ofFile = (phase: string) => ({ ...volume, source: { ...volume.source, phase } })
  const second = new Set([fingerprintVolume(ofFile('phase 2 of 6'))])
  expect(await matchFingerprints(ofFile('phase 3 of 6'), second)).toEqual([])
  expect(await matchFingerprints(ofFile('phase 2 of 6'), second)).toHaveLength(1)
})
