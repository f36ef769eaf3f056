import { once } from 'node:events'
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { createPageServer } from '../scripts/pageServer.mjs'
import { listPrecache } from '../scripts/viteServiceWorker.ts'
import { chooseTable, extractAndOpenDicom, paintStroke, readVoxelCount, step, waitForImage, watchPage } from './openPage.ts'

/* The page without its server, and how a newer build comes. */

const built = 'dist/app'

interface Hosted {
  /** What is served now. */
  folder: string
  readonly url: string
  stop(): Promise<void>
}

/** A server of the test's own, which can be stopped and can serve another build. */
const test = base.extend<{ hosted: Hosted }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright asks for it
  hosted: async ({}, use) => {
    const hosts = new Map<string, Server>()
    const hosted = { folder: built, url: '', stop: async () => {} }
    const server = await import('node:http').then(({ createServer }) =>
      createServer((request, response) => {
        const { folder } = hosted
        if (!hosts.has(folder)) hosts.set(folder, createPageServer(folder))
        hosts.get(folder)!.emit('request', request, response)
      }),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    hosted.url = `http://localhost:${(server.address() as AddressInfo).port}/`
    hosted.stop = async () => {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
    await use(hosted)
    await hosted.stop()
  },
})
test.use({ serviceWorkers: 'allow' })

const isReady = (page: Page) => expect(page.getByText('Ready to work offline', { exact: true })).toBeVisible({ timeout: 60_000 })
const offer = (page: Page) => page.getByText('A new version of Texel is ready.')
/** Of a build that breaks on the way the browser says that it is no longer there. */
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    await registration.update().catch((error: DOMException) => error.name === 'NotFoundError' || Promise.reject(error))
  })
const buildsKept = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('texel-page-')))

/** The built page as a later one: another title, a part of the program that is gone, and a service worker that says so. */
async function makeNextBuild(): Promise<{ readonly folder: string; readonly gone: string }> {
  const folder = test.info().outputPath('next')
  await cp(built, folder, { recursive: true })
  for (const name of await readdir(folder)) if (/^index\.html\.(br|gz)$/.test(name)) await rm(join(folder, name))
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  await writeFile(join(folder, 'index.html'), page.replace('<title>Texel</title>', '<title>Texel, next</title>'))
  const gone = (await readdir(join(folder, 'assets'))).find((name) => /^Chart-.*\.js$/.test(name))!
  for (const ending of ['', '.br', '.gz']) await rm(join(folder, 'assets', gone + ending), { force: true })
  const worker = await readFile(join(folder, 'sw.js'), 'utf8')
  const before = await listPrecache(built)
  const revision = before.find(({ url }) => url === 'index.html')!.revision!
  const [, build] = /texel-page-[^0-9a-f]+([0-9a-f]{16})/.exec(worker) ?? []
  const next = worker
    .replaceAll(build, 'e'.repeat(16))
    .replaceAll(revision, 'd'.repeat(16))
    .replace(new RegExp(`\\{url:.assets/${gone}.,revision:null\\},?`), '')
  expect(next).not.toContain(gone)
  expect(next).toContain('d'.repeat(16))
  await writeFile(join(folder, 'sw.js'), next)
  return { folder, gone }
}

test('after one visit everything works with the server gone: sample, drawing, features, saving, DICOM, a second tab, tables and charts', async ({
  page,
  context,
  hosted,
}) => {
  const { problems } = watchPage(page)
  await page.goto(hosted.url)
  await isReady(page)
  const kept = await page.evaluate(async () => {
    const [name] = await caches.keys()
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname.slice(1))
  })
  expect(kept.sort()).toEqual((await listPrecache(built)).map(({ url }) => url).sort())

  await hosted.stop()
  const failed: string[] = []
  context.on('requestfailed', (request) => failed.push(request.url()))
  await page.reload()
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await waitForImage(page)
  await paintStroke(page)
  const mask = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save mask' }).click()
  await mask
  await extractAndOpenDicom(page)
  const other = await context.newPage()
  await other.goto(hosted.url)
  await expect(other.getByRole('heading', { name: 'Which images do you have?' })).toBeVisible()
  await chooseTable(other, 'reference/statistics/asah.csv')
  expect(failed).toEqual([])
  expect(problems).toEqual([])
})

test('a newer build is offered and changes nothing until it is taken up; then all tabs have it, what was drawn is there, and parts of the old one still answer', async ({
  page,
  context,
  hosted,
}) => {
  await page.goto(hosted.url)
  await isReady(page)
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await waitForImage(page)
  const other = await context.newPage()
  await other.goto(hosted.url)
  await isReady(other)
  const before = await readVoxelCount(page)
  await paintStroke(page)
  const drawn = await readVoxelCount(page)
  expect(drawn).not.toBe(before)

  const { folder, gone } = await makeNextBuild()
  hosted.folder = folder
  await lookForUpdate(page)
  await expect(offer(page)).toBeVisible({ timeout: 60_000 })
  await expect(offer(other)).toBeVisible()
  await other.reload()
  await expect(other).toHaveTitle('Texel')
  expect(await readVoxelCount(page)).toBe(drawn)

  await page.getByRole('button', { name: 'Update now' }).click()
  await expect(page).toHaveTitle('Texel, next', { timeout: 30_000 })
  await expect(other).toHaveTitle('Texel, next')
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await expect(page.getByText(/^Recovered ROI of /)).toBeVisible()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect.poll(() => readVoxelCount(page)).toBe(drawn)
  expect(await page.evaluate(async (name) => (await fetch(`./assets/${name}`)).status, gone)).toBe(200)
  expect(await buildsKept(page)).toHaveLength(2)
})

test('nothing is taken up while features are extracted in another tab', async ({ page, context, hosted }) => {
  await page.goto(hosted.url)
  await isReady(page)
  const busy = await context.newPage()
  await busy.goto(hosted.url)
  await busy.getByRole('button', { name: /Brain, MR/ }).click()
  await waitForImage(busy)
  await step(busy, 'Features').click()
  // Of finer voxels, so that it is not over before a hand has reached the other tab.
  const fine =
    'imageType:\n  Original: {}\n  Wavelet: {}\nsetting: { binWidth: 5, normalize: true, normalizeScale: 100, resampledPixelSpacing: [0.5, 0.5, 0.5] }\n'
  await busy
    .getByTestId('parameter-input')
    .setInputFiles({ name: 'fine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(fine) })
  await expect(busy.getByText('fine.yaml')).toBeVisible()
  hosted.folder = (await makeNextBuild()).folder
  await lookForUpdate(page)
  await expect(offer(page)).toBeVisible({ timeout: 60_000 })
  await busy.getByRole('button', { name: 'Extract features' }).click()
  await expect(busy.getByTestId('footer-run')).toBeVisible()
  await page.getByRole('button', { name: 'Update now' }).click()
  await expect(page.getByText(/The new version waits: something still runs/)).toBeVisible()
  await expect(busy.getByTestId('footer-run')).toHaveCount(0, { timeout: 60_000 })
  await page.getByRole('button', { name: 'Update now' }).click()
  await expect(busy).toHaveTitle('Texel, next', { timeout: 30_000 })
})

test('a build of which a file is missing is not taken: the one before goes on', async ({ page, hosted }) => {
  await page.goto(hosted.url)
  await isReady(page)
  const [kept] = await buildsKept(page)
  const { folder } = await makeNextBuild()
  await rm(join(folder, 'samples'), { recursive: true })
  hosted.folder = folder
  await lookForUpdate(page)
  await expect.poll(() => page.evaluate(async () => { const { installing, waiting } = (await navigator.serviceWorker.getRegistration())!; return [installing, waiting] })).toEqual([null, null]) // prettier-ignore
  expect(await buildsKept(page)).toEqual([kept])
  await page.reload()
  await isReady(page)
  await expect(page).toHaveTitle('Texel')
  await expect(offer(page)).toHaveCount(0)
})

test('forgetting everything takes the kept page and its service worker with it, in all tabs, and the page kept anew is whole', async ({
  page,
  context,
  hosted,
}) => {
  await page.goto(hosted.url)
  await isReady(page)
  await page.getByRole('button', { name: /Breast, MR/ }).click()
  await waitForImage(page)
  await paintStroke(page)
  await expect(page.getByRole('banner')).toContainText('Saved')
  const other = await context.newPage()
  await other.goto(hosted.url)
  await isReady(other)
  const listKept = () =>
    page.evaluate(async () => ({
      caches: await caches.keys(),
      registrations: (await navigator.serviceWorker.getRegistrations()).length,
    }))
  expect(await listKept()).toEqual({ caches: [expect.stringMatching(/^texel-page-/)], registrations: 1 })

  await step(page, 'Images').click()
  await page.getByRole('button', { name: 'Forget everything on this computer' }).click()
  await page.getByRole('button', { name: 'Forget everything', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Everything is forgotten')
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Everything was forgotten in another tab')
  expect(await listKept()).toEqual({ caches: [], registrations: 0 })

  await page.getByRole('button', { name: 'Begin anew' }).click()
  await isReady(page)
  expect(await buildsKept(page)).toHaveLength(1)
  // The browser brings the worker back as it was, without installing it, for the other tab is still one of its pages.
  await hosted.stop()
  await page.reload()
  await page.getByRole('button', { name: /Brain, MR/ }).click()
  await waitForImage(page)
})
