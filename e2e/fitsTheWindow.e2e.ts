import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { findCutOff } from './findCutOff.ts'
import { openSample, step, waitForImage, waitForResult, watchPage } from './openPage.ts'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 720, height: 450 },
  { width: 3840, height: 2160 },
] as const

for (const size of sizes) {
  test(`at ${size.width} x ${size.height} no text is cut off, and the views have room, on every screen`, async ({ page }) => {
    await page.setViewportSize(size)
    await page.goto('./')
    expect.soft(await findCutOff(page), 'images').toEqual([])
    await openSample(page, /Breast, MR/)
    expect.soft(await findCutOff(page), 'ROI').toEqual([])
    const axial = (await page.locator('.views > .axial').boundingBox())!
    expect.soft(Math.min(axial.width, axial.height), 'least side of the axial view').toBeGreaterThan(190)
    await page.screenshot({ path: test.info().outputPath('roi.png') })
    for (const name of ['Mask operations', 'Semi-automatic']) {
      await page.getByRole('heading', { name }).click()
      expect.soft(await findCutOff(page), name).toEqual([])
    }
    await page.screenshot({ path: test.info().outputPath('roi-tools.png') })
    await step(page, 'Images').click()
    expect.soft(await findCutOff(page), 'images with one open').toEqual([])
    await page.screenshot({ path: test.info().outputPath('images.png') })
    await step(page, 'Features').click()
    expect.soft(await findCutOff(page), 'features before a run').toEqual([])
    await page.screenshot({ path: test.info().outputPath('features.png') })
    await page.getByRole('button', { name: 'Extract features' }).click()
    await waitForResult(page, /features$/)
    expect.soft(await findCutOff(page), 'features').toEqual([])
    await page.screenshot({ path: test.info().outputPath('features-done.png') })
  })
}

/** Texts of a view that lie over each other. */
const findOverlaps = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.views > div')].flatMap((view) => {
      const parts = ['slice', 'window', 'left', 'right', 'top', 'bottom', 'scale']
      const boxes = parts.flatMap((part) => {
        const element = view.querySelector<HTMLElement>(`[data-part=${part}]`)!
        return element.checkVisibility() && element.innerText !== ''
          ? [{ part: `${view.className} ${part}`, box: element.getBoundingClientRect() }]
          : []
      })
      return boxes.flatMap(({ part, box: a }, i) =>
        boxes
          .slice(i + 1)
          .filter(({ box: b }) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          .map((other) => `${part} and ${other.part}`),
      )
    }),
  )

test('what is written on a view never lies over other words, however small it is', async ({ page }) => {
  await openSample(page, /Brain, MR/)
  for (const size of [...sizes, { width: 600, height: 400 }]) {
    await page.setViewportSize(size)
    await expect.poll(() => findOverlaps(page), `${size.width} x ${size.height}`).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`${size.width}.png`) })
  }
})

/** What of a list cannot be seen: outside the window, or below something else. Within a list that scrolls, the first entries count. */
const hiddenPart = (list: Locator) =>
  list.evaluate((element) => {
    const entry = element.querySelector('[role=option], [role=menuitem]')
    if (!entry) return 'no entry'
    const { left, right, top, bottom, width, height } = entry.getBoundingClientRect()
    if (width === 0 || height === 0) return 'not drawn'
    if (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) return 'outside the window'
    const onTop = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return entry.contains(onTop) ? 'nothing' : `under ${onTop?.className}`
  })

for (const size of [sizes[0], sizes[2]]) {
  test(`at ${size.width} x ${size.height} every list and menu is seen when it opens, and when panels grow meanwhile`, async ({
    page,
  }) => {
    const { problems } = watchPage(page)
    await page.setViewportSize(size)
    await openSample(page, /Breast, MR/)
    await step(page, 'Images').click()
    const again = await readFile(new URL('../public/samples/breast1/image.nii.gz', import.meta.url))
    await page.getByTestId('file-input').setInputFiles({ name: 'again.nii.gz', mimeType: 'application/gzip', buffer: again })
    await expect(page.getByRole('banner')).toContainText('again')
    await step(page, 'ROI').click()
    await page.keyboard.press('.')
    await expect(page.getByRole('banner')).toContainText('image')
    await waitForImage(page)
    await page.getByRole('heading', { name: 'Semi-automatic' }).click()
    await page.getByText('DCE', { exact: true }).click()
    await expect(page.getByRole('combobox', { name: 'Phase before contrast' })).toBeVisible()

    const fields = page.locator(':is([role=combobox], [aria-haspopup=menu]):enabled:visible')
    const count = await fields.count()
    expect(count).toBeGreaterThanOrEqual(5)
    for (let i = 0; i < count; i++) {
      const field = fields.nth(i)
      const list = page.locator('[role=listbox]:visible, [role=menu]:visible')
      await test.step(`list ${i + 1}`, async () => {
        await field.click()
        await expect(list).toHaveCount(1)
        await expect.poll(() => hiddenPart(list)).toBe('nothing')
        for (const height of [400, 0]) {
          // What stands above in the panel comes and goes: notices, measures, a preview.
          await page.evaluate((grown) => {
            for (const panel of document.querySelectorAll<HTMLElement>('.roi .inspector')) panel.style.paddingTop = `${grown}px`
          }, height)
          await expect(list).toHaveCount(1)
          await expect.poll(() => hiddenPart(list)).toBe('nothing')
        }
        await page.keyboard.press('Escape')
        await expect(list).toHaveCount(0)
      })
    }
    expect(problems).toEqual([])
  })
}

test('no field of any screen is offered to the form filling of the browser', async ({ page }) => {
  const unmarked = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('input, textarea, select')]
        // What is pressed has no text to fill in.
        .filter((field) => !field.matches('[type=radio], [type=checkbox], [type=range], [type=hidden]'))
        .filter((field) => field.getAttribute('autocomplete') !== 'off')
        .map((field) => field.outerHTML),
    )
  await openSample(page, /Breast, MR/)
  for (const name of ['Mask operations', 'Semi-automatic']) {
    await page.getByRole('heading', { name }).click()
    expect(await unmarked(), name).toEqual([])
  }
  for (const way of ['Contour', 'DCE']) {
    await page.getByText(way, { exact: true }).click()
    expect(await unmarked(), way).toEqual([])
  }
  await step(page, 'Images').click()
  expect(await unmarked(), 'images').toEqual([])
  await step(page, 'Features').click()
  await page.getByRole('button', { name: 'Edit' }).click()
  expect(await unmarked(), 'form').toEqual([])
  await page.getByRole('button', { name: 'Back without changes' }).click()
  await page.getByRole('button', { name: 'Extract features' }).click()
  await waitForResult(page, /features$/)
  expect(await unmarked(), 'table').toEqual([])
})
