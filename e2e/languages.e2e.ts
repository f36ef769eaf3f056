import { expect, test, type Page } from '@playwright/test'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { openSampleStudy, watchPage } from './openPage.ts'

/** What is the same in Chinese: names of programs and formats, abbreviations of the field, and what people and files call things. */
const asTheyAre =
  /^(Texel|ROI|MRI|MR|DICOM|NIfTI|NRRD|MetaImage|HER2|ER|PR|FISH|IHC|CSV|Excel|SVG|UTF|Ki|BMI|ID|AUC|Esc|PgUp|PgDn|English|FST2WI|DWI|T1WI|T2WI|Reader|Shift|kB|MB|GB|min|mm|SIMULATED|npm|dev)$/

/** Words of two English letters and more, in what is shown and in what is read out; what leads to English says so in English. */
const findEnglish = (page: Page, parts: string) =>
  page.evaluate(
    ([parts, allowed]) => {
      const told: string[] = []
      for (const part of document.querySelectorAll<HTMLElement>(parts)) {
        told.push(part.innerText)
        for (const element of part.querySelectorAll('[aria-label], [title], [placeholder], [aria-description]:not([lang])'))
          for (const name of ['aria-label', 'title', 'placeholder', 'aria-description'])
            told.push(element.getAttribute(name) ?? '')
      }
      const known = new RegExp(allowed)
      const words = told.flatMap((text) => text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? [])
      return [...new Set(words.filter((word) => !known.test(word)))]
    },
    [parts, asTheyAre.source] as const,
  )

/** Keys of words that stand where words should. */
const findKeys = (page: Page) =>
  page.evaluate(() => document.body.innerText.match(/\bundefined\b|\[object|=>|[a-z]+\/[a-z]+(-[a-z]+)+ \{/g) ?? [])

const frame = '.topBar, .rail, .footer'
const toChinese = (page: Page) => page.getByRole('button', { name: '中文' })
const toEnglish = (page: Page) => page.getByRole('button', { name: 'English' })

for (const size of [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
])
  test(`at ${size.width} x ${size.height} the frame and the screen Study stand in both languages, whole`, async ({ page }) => {
    await page.setViewportSize(size)
    const { problems, foreignRequests } = watchPage(page)
    await page.goto('./')
    await openSampleStudy(page)
    await page.getByRole('button', { name: /^Study,/ }).click()
    await expect(page.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
    await page.getByRole('button', { name: 'Patients found in the files: 6, show who' }).click()
    await page.getByText('By centre').click()
    await expect(page.getByRole('button', { name: 'Fix the cohorts' })).toBeVisible()
    expect.soft(await findCutOff(page), 'cut off in English').toEqual([])
    expect.soft(await findKeys(page)).toEqual([])

    await toChinese(page).click()
    await expect(page.getByRole('heading', { name: '研究中有哪些患者？' })).toBeVisible()
    // What was chosen is chosen, and the hand is where it was.
    await expect(page.getByRole('button', { name: '固定队列' })).toBeEnabled()
    await expect(toEnglish(page)).toBeFocused()
    await page.getByRole('button', { name: '文件中找到的患者：6，显示名单' }).click()
    await expect(page.getByRole('button', { name: '关闭名单' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    expect.soft(await findEnglish(page, `${frame}, .studyOverview`), 'English in Chinese').toEqual([])
    expect.soft(await findCutOff(page), 'cut off in Chinese').toEqual([])
    expect.soft(await findKeys(page)).toEqual([])
    expect.soft(await findViolations(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('study.png') })

    await page.getByRole('button', { name: '临床表格' }).click()
    await expect(page.getByRole('heading', { name: '临床表格说了什么？' })).toBeVisible()
    expect.soft(await findEnglish(page, '.clinicalSheet'), 'English in Chinese').toEqual([])
    expect.soft(await findCutOff(page), 'cut off in Chinese').toEqual([])
    await page.screenshot({ path: test.info().outputPath('sheet.png') })
    await page.keyboard.press('Escape')

    await toEnglish(page).click()
    await expect(page.getByRole('heading', { name: 'Who is in the study?' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    expect({ problems, foreignRequests }).toEqual({ problems: [], foreignRequests: [] })
  })

test('what was chosen is spoken again after a reload; Chinese is loaded when it is chosen, not before', async ({ page }) => {
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.goto('./')
  await page.getByRole('button', { name: /^Study,/ }).click()
  await expect(page.getByText('Nothing you open leaves this computer')).toBeVisible()
  expect(loaded.filter((url) => url.includes('translation-'))).toEqual([])
  await toChinese(page).click()
  await expect(page.getByText('拖入含有所有患者图像的文件夹')).toBeVisible()
  expect(loaded.filter((url) => url.includes('translation-'))).toHaveLength(1)
  expect.soft(await findEnglish(page, `${frame}, .screen.main`)).toEqual([])
  expect.soft(await findCutOff(page)).toEqual([])
  await page.reload()
  await expect(page.getByText('您打开的任何内容都不会离开这台计算机')).toBeVisible()
})

test.describe('in a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('the page speaks it from the start', async ({ page }) => {
    await page.goto('./')
    await expect(page.getByText('您打开的任何内容都不会离开这台计算机')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await toEnglish(page).click()
    await expect(page.getByText('Nothing you open leaves this computer')).toBeVisible()
    await page.reload()
    await expect(page.getByText('Nothing you open leaves this computer')).toBeVisible()
  })
})
