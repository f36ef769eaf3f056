/*
 * The work list of a study of 402 patients, and the way from one patient to the next: `npm run bench:study`.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { makeNifti } from '../../cli/madeNifti.ts'
import { step, waitForImage } from '../../e2e/openPage.ts'
import { madePatient } from '../../src/core/study/madeStudy.ts'
import { defaultRoles } from '../../src/core/study/roles.ts'
import { identityDirection } from '../../src/core/image/volume.ts'

const roles = defaultRoles.map(({ id }) => id)
const rows = (page: Page) => page.locator('.patients tbody tr')
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const ms = (value: number) => `${value.toFixed(1)} ms`

/** Milliseconds of the processor that the page's own thread takes for an act: what others do on the machine does not count. */
async function processorMs<T>(page: Page, act: () => Promise<T>): Promise<readonly [result: T, ms: number]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value
  }
  const before = await read()
  const result = await act()
  const after = await read()
  await session.detach()
  return [result, after - before]
}

/** Records of a study without files: 402 patients with seven images each, and a region a role of three patients in four. */
function makeRecords() {
  const patients = Array.from({ length: 402 }, (_, i) =>
    madePatient(i + 1, {
      centre: i < 250 ? 'I' : 'II',
      cohort: i < 250 ? 'training' : 'validation',
      note: i % 9 ? '' : 'look at the edge',
    }),
  )
  const grid = { size: [320, 320, 60], spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection }
  const images = patients.flatMap(({ id }) =>
    Array.from({ length: 7 }, (_, i) => ({
      id: `${id}i${i}`,
      patient: id,
      role: roles[i] ?? null,
      roleFrom: 'score',
      grid,
      technical: { Modality: 'MR', EchoTime: '2.4' },
      content: null,
    })),
  )
  const regions = images
    .filter(({ role }, i) => role !== null && i % 4 > 0)
    .map(({ id }) => ({
      key: `${id}.c L1 reader 1`,
      image: `${id}.c`,
      reader: '1',
      lesion: 'L1',
      imageName: 'T1',
      size: grid.size,
      progress: 'complete',
      readerName: 'Reader 1',
      changedAt: 1.7e12,
      savedAt: 1.7e12,
      voxelCount: 900,
      volumeCm3: 1.8,
      box: { lower: [0, 0, 0], upper: [9, 9, 9] },
    }))
  return { patients, images, regions }
}

async function plant(records: Readonly<Record<string, readonly object[]>>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('texel-2')
    opening.onerror = () => reject(opening.error!)
    opening.onsuccess = () => {
      const writing = opening.result.transaction(Object.keys(records), 'readwrite')
      for (const [store, all] of Object.entries(records)) for (const record of all) writing.objectStore(store).put(record)
      writing.onerror = () => reject(writing.error!)
      writing.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
}

test('the list of 402 patients: opening, scrolling, filtering', async ({ page }) => {
  await page.goto('./')
  await page.waitForLoadState('networkidle')
  await page.evaluate(plant, makeRecords())
  await page.reload()
  const opening = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const roi = [...document.querySelectorAll('.rail button')].find((button) => button.textContent.startsWith('ROI'))
          if (roi instanceof HTMLElement) roi.click()
          if (document.querySelector('.patients tbody tr')) resolve(performance.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
  await page.waitForLoadState('networkidle')
  const scroll = async () =>
    page.evaluate(async () => {
      const scroller = document.querySelector('.workList .tableScroll')!
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
      const times: number[] = []
      let before = await frame()
      for (let i = 0; i < 120; i++) {
        scroller.scrollTop += 90
        const now = await frame()
        times.push(now - before)
        before = now
      }
      return times
    })
  const [frames, scrollMs] = await processorMs(page, scroll)
  const filter = async () =>
    page.evaluate(async () => {
      const find = document.querySelector<HTMLInputElement>('[data-find]')!
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
      const times: number[] = []
      for (const text of ['A-01', 'A-012', 'edge', 'A-04', '', 'A-0', 'II', '']) {
        const start = performance.now()
        set.call(find, text)
        // React draws what a person types before the event is over.
        find.dispatchEvent(new Event('input', { bubbles: true }))
        await Promise.resolve()
        void document.querySelector('.patients')!.getBoundingClientRect()
        times.push(performance.now() - start)
      }
      return times
    })
  const [filters, filterMs] = await processorMs(page, filter)
  console.log(`
402 patients, 2814 images, ${roles.length} roles
  from navigation to the rows          ${ms(opening)}
  a frame while scrolling              median ${ms(median(frames))}, longest ${ms(Math.max(...frames))}; ${ms(scrollMs / frames.length)} of the processor
  a filter, drawn                      median ${ms(median(filters))}, longest ${ms(Math.max(...filters))}; ${ms(filterMs / filters.length)} of the processor`)
})

test('the next patient, read ahead', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'texel-study-'))
  try {
    for (const patient of [1, 2, 3])
      for (const [i, role] of roles.entries()) {
        const path = join(folder, `study/A${patient}/${role}.nii`)
        await mkdir(dirname(path), { recursive: true })
        const value = (at: number) => (at * 7919 + 31 * (10 * patient + i)) % 900
        await writeFile(path, makeNifti({ size: [320, 320, 60], datatype: 4, value }))
      }
    await page.goto('./')
    await page.getByTestId('folder-input').setInputFiles(join(folder, 'study'))
    await page.getByRole('button', { name: 'Each folder is one patient' }).click()
    await step(page, 'ROI').click()
    await expect(rows(page)).toHaveCount(3)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await waitForImage(page)
    await page.waitForLoadState('networkidle')
    const times: string[] = []
    for (const label of ['P0004', 'P0007', 'P0001', 'P0004']) {
      await page.keyboard.press('Shift+L')
      await page.keyboard.press(label === 'P0001' ? 'Home' : 'ArrowDown')
      const open = async () =>
        page.evaluate(
          (label) =>
            new Promise<number>((resolve) => {
              const start = performance.now()
              window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
              const look = () => {
                const isHers = document.querySelector('.topBar .where')?.textContent.includes(label)
                if (isHers && document.querySelector('[data-testid=views][data-shown=true]')) resolve(performance.now() - start)
                else requestAnimationFrame(look)
              }
              requestAnimationFrame(look)
            }),
          label,
        )
      const [seen, processor] = await processorMs(page, open)
      times.push(`${ms(seen)} (${ms(processor)} of the processor)`)
    }
    console.log(`
From Enter to the next patient's first slices (320 x 320 x 60, int16), read before: ${times.join(', ')}`)
  } finally {
    await rm(folder, { recursive: true })
  }
})
