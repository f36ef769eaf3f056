import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { watchPage, waitForImage } from './openPage.ts'

/* Node's stand-in for the browser's database is not held to its rules of transactions, policy and parts that load later. */

interface Database {
  readonly name: string
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  readonly records: Readonly<Record<string, readonly object[]>>
}

interface Fixture extends Database {
  readonly localStorage?: Readonly<Record<string, string>>
  /** Of the first version, which had this store alone. */
  readonly masks?: readonly { readonly voxels: string }[]
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../src/storage/fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture

/** Makes a database as Dexie does, which counts tenths of versions. */
async function plant({ name, version, stores, records }: Database): Promise<void> {
  const revive = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value
    if ('$bytes' in value) return Uint8Array.from(atob(String(value.$bytes)), (char) => char.charCodeAt(0))
    if (Array.isArray(value)) return value.map(revive)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revive(one)]))
  }
  const opening = indexedDB.open(name, 10 * version)
  opening.onupgradeneeded = () => {
    for (const [store, spec] of Object.entries(stores)) {
      const [key, ...indexes] = spec.split(', ')
      const made = opening.result.createObjectStore(store, {
        keyPath: key.replace('++', ''),
        autoIncrement: key.startsWith('++'),
      })
      for (const index of indexes) made.createIndex(index, index)
      for (const record of records[store] ?? []) made.put(revive(record))
    }
  }
  await new Promise<void>((resolve, reject) => {
    opening.onerror = () => reject(opening.error!)
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  })
}

test('what each earlier version kept is there, with readers, hands and an outline that was begun, and the first database stays', async ({
  page,
}) => {
  const [first, second] = [read('texel-1'), read('texel-2-1')]
  await page.goto('./texel.svg')
  const masks = first.masks!.map((mask) => ({ ...mask, voxels: { $bytes: mask.voxels } }))
  await page.evaluate(plant, { ...first, records: { masks } })
  // The files of the images that were open are no part of the fixture.
  await page.evaluate(plant, { ...second, records: { ...second.records, openedImages: [], openedFiles: [] } })
  await page.evaluate((settings) => Object.assign(localStorage, settings), second.localStorage!)

  const { problems } = watchPage(page)
  await page.goto('./')
  const kept = page.getByRole('region', { name: 'Kept on this computer' })
  await expect(kept).toContainText('6 ROIs')
  await expect(kept.getByRole('listitem')).toContainText([/466 voxels/, /4.?137 voxels/])
  await expect(kept).toContainText('4 ROIs of Dr. Weber are kept too')
  await page.getByRole('button', { name: /Brain, MR/ }).click()
  await waitForImage(page)
  await expect(page.getByRole('radio', { name: 'PACS hands' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Dr. Okafor' })).toBeChecked()
  await expect(page.getByText(/^Recovered ROI of /)).toBeVisible()
  await expect(page.getByText(/A stroke that the page was closed in/)).toContainText('466 voxels')
  expect(problems).toEqual([])
  const versions = await page.evaluate(async () => (await indexedDB.databases()).map(({ name, version }) => [name, version]))
  expect(new Map(versions as [string, number][])).toEqual(new Map([['texel', 10], ['texel-2', 70]])) // prettier-ignore
})
