import { expect, test, type Page, type Worker } from '@playwright/test'

/** Fails the test on what the page should never do: log errors, or ask another origin for anything. */
export function watchPage(page: Page): { readonly problems: string[]; readonly foreignRequests: string[] } {
  const own = new URL(test.info().project.use.baseURL!).origin
  const problems: string[] = []
  const foreignRequests: string[] = []
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  page.context().on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol === 'blob:' || protocol === 'data:') return
    if (origin !== own) foreignRequests.push(request.url())
  })
  return { problems, foreignRequests }
}

export async function openSample(page: Page, name: RegExp): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name }).click()
  await waitForImage(page)
  await expect(page.getByRole('region', { name: 'ROI' })).toContainText('cm³')
}

/** As the browser does it when a person lets a folder go over the page. @param folder its path on this machine */
export async function dropFolder(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data })
}

/** A file that is let go over the page, as its own code sees it. */
export async function dropFile(page: Page, name: string, content: Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name))
      return transfer
    },
    [name, content.toString('base64')] as const,
  )
  await page.dispatchEvent('.stage', 'drop', { dataTransfer: data })
}

/** Under Evaluate, as far as the question what its columns are. */
export async function openTable(page: Page, table: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto('./')
  await chooseTable(page, table)
}

export async function waitForImage(page: Page): Promise<void> {
  await expect(page.getByTestId('views')).toHaveAttribute('data-shown', 'true', { timeout: 40_000 })
}

export function step(page: Page, name: 'Images' | 'ROI' | 'Features') {
  return page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: new RegExp(`^${name},`) })
}

/** Leaving the page is asked about; the page stays. */
export async function expectLeavingAsked(page: Page): Promise<void> {
  const asked = page.waitForEvent('dialog')
  const leaving = page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await leaving
}

/** Answers the question of the Images screen, whose image a file without a header is: the first patient's. */
export async function sayItIsHers(page: Page): Promise<void> {
  const question = page.getByRole('region', { name: 'Whose image is this?' })
  await question.getByRole('button', { name: 'Patient P0001' }).click()
  await expect(question).toBeHidden()
}

/** Paints a stroke in the axial view, from its middle to the right. */
export async function paintStroke(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Brush/ }).click()
  const box = (await page.locator('.views > .axial').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 20, { steps: 6 })
  await page.mouse.up()
}

/** Of the ROI in hand; 0 while nothing is drawn. */
export async function readVoxelCount(page: Page): Promise<number> {
  const text = await page.getByRole('region', { name: 'ROI', exact: true }).innerText()
  if (text.includes('Nothing drawn yet')) return 0
  return Number(/Voxels\s+([\d\s]+)/.exec(text)![1].replace(/\D/g, ''))
}

export async function waitForResult(page: Page, rows: RegExp): Promise<void> {
  await expect(page.getByTestId('row-count')).toHaveText(rows, { timeout: 60_000 })
}

/** What the browser keeps in a store of the page's database; it is written behind what is shown. */
export const readKept = <Kept>(page: Page, store: string) =>
  page.evaluate(
    (store) =>
      new Promise<Kept[]>((resolve, reject) => {
        const opening = indexedDB.open('texel-2')
        opening.onerror = () => reject(opening.error!)
        opening.onsuccess = () => {
          const reading = opening.result.transaction(store).objectStore(store).getAll()
          reading.onerror = () => reject(reading.error!)
          reading.onsuccess = () => resolve(reading.result)
          opening.result.close()
        }
      }),
    store,
  )

/** Of open images, to bring them back with the page. */
export const countKept = async (page: Page, of: 'openedImages' | 'openedFiles') => (await readKept(page, of)).length

/** How far the regions are that are kept. */
export const readKeptProgress = async (page: Page) =>
  (await readKept<{ progress: string }>(page, 'regions')).map(({ progress }) => progress)

/** Closed by itself, as the page sees it, once it holds the lock of its own by which the page knows that it lives. */
export const endByItself = (worker: Worker) =>
  worker.evaluate(async () => {
    const held = async () => (await navigator.locks.query()).held!
    const probe = `probe ${crypto.randomUUID()}`
    const own = await navigator.locks.request(probe, async () => (await held()).find(({ name }) => name === probe)!.clientId)
    const holdsOwn = async () => (await held()).some(({ name, clientId }) => clientId === own && name!.startsWith('texel worker'))
    while (!(await holdsOwn()));
    // After the answer to the test.
    setTimeout(() => self.close())
  })

/** On a page that is open: the sample study is taken as it is proposed, and its work list is in front. */
export async function openSampleStudy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample study' }).click()
  await page.getByRole('button', { name: 'Use these roles' }).click({ timeout: 60_000 })
  await expect(page.locator('.patients tbody tr')).toHaveCount(6)
}

/** With an ROI in hand: its features are computed, and DICOM is opened after it. */
export async function extractAndOpenDicom(page: Page): Promise<void> {
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /features$/)
  await step(page, 'Images').click()
  await page.getByTestId('file-input').setInputFiles('reference/dicom/oblique.zip')
  await waitForImage(page)
}

/** On a page that is open: a table is chosen under Evaluate, as far as the question what its columns are. */
export async function chooseTable(page: Page, table: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Evaluate,/ })
    .click()
  await page.getByTestId('table-input').setInputFiles(table)
  await expect(page.getByRole('heading', { name: 'What is in the columns?' })).toBeVisible()
}
