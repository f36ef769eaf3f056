// @vitest-environment node
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'fflate'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { itkCodec } from '../io/images/itkCodec.node.ts'
import { readImageFile } from '../io/images/readImageFile.ts'
import { fileFromDisk } from '../io/sourceFile.node.ts'
import { firstLesion } from '../core/study/unnamedStudy.ts'
import { openDatabase } from './database.ts'
import { imageKey } from './imageKey.ts'
import { createMaskStore } from './maskStore.ts'
import { createOldRegions } from './oldRegions.ts'
import { keptKey } from './regionKey.ts'

/* Databases as the program itself once made them, kept for ever: see `about` in each. */

interface Fixture {
  readonly name: string
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  readonly masks: readonly { readonly fingerprint: string; readonly imageName: string; readonly voxels: string }[]
}
const fixture = JSON.parse(readFileSync(new URL('fixtures/texel-1.json', import.meta.url), 'utf8')) as Fixture
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const names = { present: 'new of fixtures', before: fixture.name }

async function readSample(name: string) {
  const path = fileURLToPath(new URL(`../../public/samples/${name}/image.nii.gz`, import.meta.url))
  return (await readImageFile(itkCodec, await fileFromDisk(path))).volumes[0]
}

afterEach(async () => {
  await Dexie.delete(names.present)
  await Dexie.delete(names.before)
})

test('the ROIs of each reader are found again when their images are opened, voxel by voxel, and their own database stays as it is', async () => {
  const old = new Dexie(fixture.name)
  old.version(fixture.version).stores(fixture.stores)
  const kept = fixture.masks.map((mask) => ({ ...mask, voxels: bytes(mask.voxels) }))
  await old.table('masks').bulkPut(kept)
  old.close()

  const database = openDatabase(names)
  const masks = createMaskStore(database)
  const regions = createOldRegions(database)
  for (const [i, name, reader] of [
    [0, 'brain1', '2'],
    [1, 'breast1', '1'],
  ] as const) {
    const volume = await readSample(name)
    expect(await regions.adopt(volume)).toBe(true)
    const [found, ...others] = await masks.findAll(keptKey({ image: imageKey(volume), reader, lesion: firstLesion }))
    expect(others).toEqual([])
    expect(found).toMatchObject({ reader, imageName: kept[i].imageName, voxelCount: [4137, 143][i] })
    expect(gunzipSync(found.voxels)).toEqual(gunzipSync(kept[i].voxels))
  }
  database.close()

  await old.open()
  expect(old.backendDB().version).toBe(10 * fixture.version)
  expect(await old.table('masks').toArray()).toEqual(kept)
  old.close()
})
