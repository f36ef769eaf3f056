import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, test as base } from '@playwright/test'
import { unzipSync } from 'fflate'
import { packPage } from '../scripts/pack.mjs'
import { chooseTable, extractAndOpenDicom, paintStroke, readVoxelCount, waitForImage, watchPage } from './openPage.ts'

/* The zip that runs from a stick, as a person has it who unpacks it. */

const test = base.extend<{ unpacked: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright asks for it
  unpacked: async ({}, use) => {
    const folder = test.info().outputPath('stick of mine')
    for (const [name, content] of Object.entries(unzipSync(await packPage('dist/app', 'packed')))) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    await use(join(folder, 'texel-packed'))
  },
})
test.use({ serviceWorkers: 'allow' })

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('unpacked and started, it is the page: a sample, a stroke, features, DICOM, a table, and what is kept for offline', async ({
  page,
  unpacked,
}) => {
  const { problems } = watchPage(page)
  const failed: string[] = []
  page.context().on('requestfailed', (request) => failed.push(request.url()))
  page.context().on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`)
  })
  const port = await findFreePort()
  const home = test.info().outputPath('home')
  await mkdir(home)
  const starter = spawn('sh', [join(unpacked, 'start.sh'), '--no-browser', '--port', `${port}`], {
    cwd: home,
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [said] = (await once(createInterface(starter.stdout), 'line')) as [string]
    const [address] = /http:\S+/.exec(said)!
    await page.goto(address)
    await expect(page.getByText('Ready to work offline', { exact: true })).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: /Breast, MR/ }).click()
    await waitForImage(page)
    const before = await readVoxelCount(page)
    await paintStroke(page)
    expect(await readVoxelCount(page)).not.toBe(before)
    await extractAndOpenDicom(page)
    await chooseTable(page, 'reference/statistics/asah.csv')
    expect(failed).toEqual([])
    expect(problems).toEqual([])
  } finally {
    starter.kill()
    await once(starter, 'exit')
  }
})

test('opened as a file it says what to do, and only then', async ({ page, unpacked }) => {
  const text = page.getByText('Texel has not started')
  await page.goto(pathToFileURL(join(unpacked, 'app/index.html')).href)
  await expect(text).toBeVisible()
  for (const name of ['start.cmd', 'start.command', 'start.sh', 'README.txt']) {
    await expect(page.getByText(name, { exact: true })).toBeVisible()
    expect((await readFile(join(unpacked, name))).length).toBeGreaterThan(0)
  }
  await page.goto('./')
  await expect(page.getByRole('heading', { name: 'Which images do you have?' })).toBeVisible()
  await expect(text).toHaveCount(0)
})
