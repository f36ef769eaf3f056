import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { binormalAuc, type Binormal } from '../src/core/evaluate/binormal.ts'
import { quantile } from '../src/core/numeric/quantile.ts'
import { drawStudies } from '../src/core/simulate/drawStudies.ts'
import { findViolations } from './findViolations.ts'
import { watchPage } from './openPage.ts'

/* What the figures mean, on made patients. */

/** As the playground begins. */
const truth: Binormal = { positive: { mean: 0.74, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.3 }
const columns =
  'study,AUC,lower,upper,positiveMean,positiveSd,negativeMean,negativeSd,patients,prevalence,threshold,samples,intercept,slope,seed'

const draw = (seed: number) =>
  drawStudies({ draw: { truth, patients: 40, seed }, belief: { intercept: 0, slope: 1 }, samples: 100 })

async function expectStudies(page: Page, seed: number): Promise<void> {
  const aucs = draw(seed).map(({ auc }) => auc.auc)
  await expect(page.getByTestId('first-auc')).toHaveText(aucs[0].toFixed(2))
  await expect(page.getByTestId('central')).toHaveText(
    `${quantile(aucs, 0.025).toFixed(2)} to ${quantile(aucs, 0.975).toFixed(2)}`,
  )
  const low = aucs.filter((auc) => auc < 0.6).length
  await expect(page.getByTestId('told')).toContainText(`${low} of these 100 studies would report an AUC below 0.60`)
}

test('a link opens the playground with its numbers; R draws others, and a class with the link sees them too', async ({
  page,
}) => {
  const { problems, foreignRequests } = watchPage(page)
  await page.goto('./#learn/play?seed=40')
  await expect(page.getByRole('heading', { name: 'What does AUC 0.70 with 40 patients tell you?' })).toBeVisible()
  await expect(page.getByTestId('true-auc')).toHaveText(binormalAuc(truth).toFixed(2))
  await expectStudies(page, 40)
  await page.keyboard.press('r')
  await expectStudies(page, 41)
  await expect.poll(() => new URL(page.url()).hash).toBe('#learn/play?seed=41')
  await page.reload()
  await expectStudies(page, 41)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByTestId('readout')).toHaveText('0.60 = risk 0.34')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save CSV' }).click()
  const [head, ofTruth, ...rows] = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(head).toBe(columns)
  expect(Number(ofTruth.split(',')[1])).toBe(binormalAuc(truth))
  expect(rows.map((row) => Number(row.split(',')[1]))).toEqual(draw(41).map(({ auc }) => auc.auc))
  expect(problems).toEqual([])
  expect(foreignRequests).toEqual([])
})

test('a hand on the threshold moves the ring, a slider the curves; too few positives are told, much is drawn by a worker', async ({
  page,
}) => {
  await page.goto('./#learn/play?seed=40')
  const ring = page.getByTestId('play-ring')
  await expect(ring).toBeVisible()
  const [before, curve] = [await ring.getAttribute('cx'), await page.getByTestId('roc-truth').getAttribute('d')]
  const line = (await page.getByTestId('play-threshold').boundingBox())!
  await page.mouse.move(line.x + line.width / 2, line.y + 40)
  await page.mouse.down()
  await page.mouse.move(line.x + line.width / 2 + 40, line.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByTestId('readout')).not.toContainText('0.55')
  expect(await ring.getAttribute('cx')).not.toBe(before)
  expect(await page.getByTestId('roc-truth').getAttribute('d')).toBe(curve)
  await page.getByRole('slider', { name: 'Positive: spread (SD)' }).press('End')
  await expect(page.getByText(/the risk \(dashed\) turns round at/)).toBeVisible()
  expect(await page.getByTestId('roc-truth').getAttribute('d')).not.toBe(curve)
  await page.getByRole('slider', { name: 'Prevalence' }).press('Home')
  await expect(page.getByText('Too few positives to draw a curve').first()).toBeVisible()
  await page.getByRole('slider', { name: 'Patients a study' }).press('End')
  await expect(page.getByTestId('told')).toContainText('of these 100 studies')
  await expect(page.getByRole('region', { name: 'ROC', exact: true })).toContainText('100 studies of 2')
})

/** Goes on with Tab until it is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there.')
}

const repeat = async (page: Page, key: string, times: number) => {
  for (let i = 0; i < times; i++) await page.keyboard.press(key)
}

const press = async (page: Page, name: string) => {
  await tabTo(page, page.getByRole('button', { name }))
  await page.keyboard.press('Enter')
}

const slide = async (page: Page, name: string, key: string, times = 1) => {
  await tabTo(page, page.getByRole('slider', { name }))
  await repeat(page, key, times)
}

/** The twelve patients' buttons by what stands on them, the highest marker first. */
async function fromTheHighest(page: Page): Promise<RegExp[]> {
  const texts = await page.getByRole('region', { name: 'Patients' }).getByRole('button').allInnerTexts()
  const patients = texts.map((text) => /([A-L])\s+(\d+)/.exec(text)!)
  return patients.sort((a, b) => Number(b[2]) - Number(a[2])).map(([, label, value]) => new RegExp(`^${label} ${value}`))
}

/** By lesson, of each card: the guess (a number is how far down its choice stands), the move, and what is told. */
interface Walked {
  readonly guess: number | string
  readonly move: (page: Page) => Promise<void>
  readonly told: RegExp
}

const walks: Readonly<Record<string, { readonly title: string; readonly cards: readonly Walked[] }>> = {
  roc: {
    title: 'The ROC curve',
    cards: [
      {
        guess: 0,
        async move(page) {
          for (const name of await fromTheHighest(page)) {
            await backTo(page, page.getByRole('button', { name }))
            await page.keyboard.press('Enter')
          }
        },
        told: /Up: 5 steps for 5 ill patients/,
      },
      { guess: '80', move: (page) => repeat(page, 'Enter', 5), told: /\d+ of 35 pairs: \d+ %/ },
      { guess: 1, move: (page) => page.keyboard.press('Enter'), told: /One half/ },
      { guess: '0,3', move: (page) => page.keyboard.press('Enter'), told: /0\.\d\d, which is 1 − 0\.\d\d/ },
      { guess: 2, move: (page) => press(page, 'Draw 100 studies'), told: /95 of 100 lie between 0\.\d\d and 0\.\d\d/ },
    ],
  },
  cutoffs: {
    title: 'Cut-offs',
    cards: [
      {
        guess: 0,
        async move(page) {
          await slide(page, 'Cut-off', 'ArrowLeft', 20)
          await press(page, 'This is my cut-off')
        },
        told: /Lower: cheapest is 0\.0\d.*Youden’s \d+/,
      },
      {
        guess: 2,
        async move(page) {
          await slide(page, 'Cut-off', 'ArrowRight', 20)
          await press(page, 'This is my cut-off')
        },
        told: /Higher: cheapest is 1\.8\d/,
      },
      { guess: 1, move: (page) => slide(page, 'A miss costs', 'ArrowRight', 5), told: /Equal costs/ },
      { guess: '7', move: (page) => press(page, 'Draw 10 studies'), told: /10 of 10/ },
      {
        guess: '80',
        async move(page) {
          for (const ward of ['2 % ill', '20 % ill', '60 % ill']) await press(page, ward)
        },
        told: /8 % where 2 % are ill, 50 % where 20 % are ill, 86 % where 60 % are ill/,
      },
    ],
  },
  decisions: {
    title: 'Decision curves',
    cards: [
      { guess: 1, move: (page) => slide(page, 'Biopsies in vain', 'ArrowRight', 8), told: /10 %: one of ten/ },
      { guess: 0, move: (page) => slide(page, 'Risk from which you treat', 'ArrowLeft', 30), told: /10 % lies below 30 %/ },
      {
        guess: 1,
        async move(page) {
          await slide(page, 'Risk from which you treat', 'ArrowLeft', 40)
          await press(page, 'Here it adds most')
        },
        told: /Only in between: from \d+ % to \d+ %/,
      },
      { guess: '10', move: (page) => slide(page, 'Risk from which you treat', 'ArrowRight', 48), told: /of the 20 who are ill/ },
      { guess: 2, move: (page) => press(page, 'Weigh the false alarms'), told: /Worse: −0\.21/ },
    ],
  },
  calibration: {
    title: 'Calibration',
    cards: [
      { guess: 1, move: (page) => slide(page, 'Overconfidence', 'ArrowLeft', 10), told: /It boasts/ },
      { guess: 0, move: (page) => slide(page, 'Ill in the new ward', 'ArrowLeft', 20), told: /the intercept/ },
      {
        guess: 1,
        async move(page) {
          await slide(page, 'Slope: multiply each logit by', 'ArrowLeft', 5)
          await slide(page, 'Intercept: then add', 'ArrowLeft', 4)
        },
        told: /Two: a slope and an intercept/,
      },
      { guess: 1, move: (page) => slide(page, 'Overconfidence', 'End'), told: /It stays 0\.80/ },
      { guess: '1', move: (page) => press(page, 'Fit 10 models'), told: /1\.00 in each of 10/ },
    ],
  },
  leakage: {
    title: 'Why leakage lies',
    cards: [
      { guess: '0.5', move: (page) => press(page, 'Run the study'), told: /0\.[789]\d, where there is nothing to find/ },
      { guess: '0.5', move: (page) => press(page, 'Choose inside the folds'), told: /200 new patients give 0\.[45]\d/ },
      { guess: '1', move: (page) => press(page, 'Run 3 more'), told: /[0-3] of 3/ },
      { guess: 2, move: (page) => repeat(page, 'Enter', 4), told: /0\.78: with five times the patients/ },
    ],
  },
}

/** The nearer way: a list is gone through in both directions. */
async function backTo(page: Page, target: Locator): Promise<void> {
  const isBefore = await target.evaluate((element) => {
    const place = document.activeElement?.compareDocumentPosition(element) ?? 0
    return (place & Node.DOCUMENT_POSITION_PRECEDING) !== 0
  })
  for (let i = 0; i < 40; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(isBefore ? 'Shift+Tab' : 'Tab')
  }
  throw new Error('Tab does not lead there.')
}

async function guess(page: Page, answer: number | string): Promise<void> {
  const form = page.getByRole('form', { name: 'Your guess' })
  if (typeof answer === 'string') {
    await tabTo(page, form.getByRole('textbox'))
    await page.keyboard.type(answer)
  } else {
    await tabTo(page, form.getByRole('radio').first())
    await page.keyboard.press('Space')
    await repeat(page, 'ArrowDown', answer)
  }
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
}

for (const [name, { title, cards }] of Object.entries(walks)) {
  test(`the lesson “${title}” is walked by keys alone, guess before reveal, and is kept`, async ({ page }) => {
    const { problems, foreignRequests } = watchPage(page)
    await page.goto(`./#learn/${name}?seed=40`)
    for (const [at, { guess: answer, move, told }] of cards.entries()) {
      await expect(page.getByText(`Card ${at + 1} of ${cards.length}`)).toBeVisible()
      const card = page.getByRole('region', { name: 'Question' })
      await expect(card.getByRole('status')).toBeEmpty()
      await guess(page, answer)
      await move(page)
      // Numbers stay with their % by a blank that does not break.
      await expect.poll(async () => (await card.getByRole('status').innerText()).replaceAll('\u00a0', ' ')).toMatch(told)
      await page.screenshot({ path: test.info().outputPath(`${name}-${at + 1}.png`) })
      expect(await findViolations(page)).toEqual([])
      await page.keyboard.press('n')
    }
    await expect(page.getByRole('heading', { name: 'What do the figures mean?' })).toBeVisible()
    await expect(page.getByRole('button', { name: `Once more: ${title}` })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /^Lessons/ })).toContainText('1 / 5')
    await expect.poll(() => new URL(page.url()).hash).toBe('#learn/lessons')
    await page.reload()
    await expect(page.getByRole('button', { name: `Once more: ${title}` })).toBeVisible()
    expect(problems).toEqual([])
    expect(foreignRequests).toEqual([])
  })
}

test('the noise study of the last lesson tells how far it is and can be run again with the same numbers', async ({ page }) => {
  await page.goto('./#learn/leakage?seed=40')
  await guess(page, '0.5')
  const bars = page.getByRole('region', { name: 'A study of noise' })
  const started = Date.now()
  await page.getByRole('button', { name: 'Run the study' }).click()
  await expect(bars.getByRole('progressbar')).toBeVisible()
  await expect(page.getByText('where there is nothing to find')).toBeVisible()
  console.log(`noise study: ${Date.now() - started} ms from press to answer`)
  const first = await bars.innerText()
  await page.getByRole('button', { name: 'Run the study' }).click()
  await expect(bars.getByText('?')).toHaveCount(2)
  await expect.poll(() => bars.innerText()).toBe(first)
})

test('all places of Learn pass the accessibility check, dark and light', async ({ page }) => {
  await page.goto('./#learn/play?seed=40')
  for (const ground of ['dark', 'light']) {
    await expect(page.getByTestId('central')).toBeVisible()
    expect.soft(await findViolations(page), `playground, ${ground}`).toEqual([])
    await page.getByRole('button', { name: /^Lessons/ }).click()
    expect.soft(await findViolations(page), `lessons, ${ground}`).toEqual([])
    await page.getByRole('button', { name: 'Begin: Cut-offs' }).click()
    await expect(page.getByRole('form', { name: 'Your guess' })).toBeVisible()
    expect.soft(await findViolations(page), `a card, ${ground}`).toEqual([])
    await page.getByRole('button', { name: 'All lessons' }).click()
    await page.getByRole('button', { name: /^Playground/ }).click()
    await page.getByRole('button', { name: /^Analysis on a/ }).click()
    // Its tooltip goes with the hand.
    await page.mouse.move(700, 500)
    await expect(page.getByRole('tooltip')).toBeHidden()
  }
})

test('the empty page leads to Learn, and another screen leaves no address behind', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('link', { name: 'five lessons' }).click()
  await expect(page.getByRole('heading', { name: 'What do the figures mean?' })).toBeVisible()
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Evaluate,/ })
    .click()
  await expect.poll(() => new URL(page.url()).hash).toBe('')
  await page.getByRole('link', { name: 'playground' }).click()
  await expect(page.getByTestId('central')).toBeVisible()
})

test('on a tablet, by touch: nothing runs over the edge, and a lesson goes on', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 }, hasTouch: true, serviceWorkers: 'block' })
  const page = await context.newPage()
  const fits = () => page.locator('.learn .main').evaluate((main) => main.scrollWidth <= main.clientWidth)
  await page.goto('./#learn/play?seed=40')
  await expect(page.getByTestId('central')).toBeVisible()
  expect(await fits()).toBe(true)
  await page.goto('./#learn/roc?seed=40')
  await page.getByRole('radio', { name: 'Up' }).tap()
  await page.getByRole('button', { name: 'That is my guess' }).tap()
  for (const name of await fromTheHighest(page)) await page.getByRole('button', { name }).tap()
  await expect(page.getByText('Up: 5 steps')).toBeVisible()
  expect(await fits()).toBe(true)
  await page.screenshot({ path: test.info().outputPath('tablet.png') })
  await page.getByRole('button', { name: 'Next card' }).tap()
  await expect(page.getByText('Card 2 of 5')).toBeVisible()
  await context.close()
})

/** ACC, SEN, SPE, PPV and NPV of four counts, as the paper prints them. */
function sharesOf(counts: string): string[] {
  const [tp, fn, fp, tn] = counts.split(' ').map(Number)
  const all = [(tp + tn) / (tp + fn + fp + tn), tp / (tp + fn), tn / (tn + fp), tp / (tp + fp), tn / (tn + fn)]
  return all.map((share) => share.toFixed(3))
}

test('Luo et al.: the twelve matrices come out with every printed share, and rates give counts back', async ({ page }) => {
  await page.goto('./')
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^Evaluate,/ })
    .click()
  await page.getByRole('button', { name: 'Type counts' }).click()
  await page.getByRole('button', { name: 'The twelve of Luo et al. 2024' }).click()
  // As section 12.4 of the paper's check lists them: TP FN FP TN.
  const listed = ['60 13 108 69', '66 7 91 86', '57 16 72 105', '25 6 83 38', '22 9 29 92', '18 13 26 95', '45 37 32 63', '42 40 14 81', '63 19 50 45', '43 40 13 25', '80 3 30 8', '71 12 30 8'] // prettier-ignore
  const rows = page.getByRole('region', { name: 'Counts and what they say' }).locator('tbody tr')
  await expect(rows).toHaveCount(12)
  for (const [at, counts] of listed.entries()) {
    const fields = rows.nth(at).locator('td input')
    expect((await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value))).join(' ')).toBe(counts)
    const cells = (await rows.nth(at).locator('td.number b').allInnerTexts()).slice(0, 5)
    expect(cells).toEqual(sharesOf(counts))
  }
  await expect(rows.nth(4)).toContainText('0.673–0.817')
  const rates = page.getByRole('group', { name: 'From printed rates' })
  for (const [label, value] of [['n positive', '31'], ['n negative', '121'], ['SEN', '0.710'], ['SPE', '0.760']])
    await rates.getByLabel(label).fill(value) // prettier-ignore
  await rates.getByRole('button', { name: 'Add' }).click()
  await expect(rows).toHaveCount(13)
  expect(await rows.nth(12).locator('td input').evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value))).toEqual(['22', '9', '29', '92']) // prettier-ignore
})
