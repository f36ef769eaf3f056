import { expect, test, type Page } from '@playwright/test'
import { openTable } from '../../e2e/openPage.ts'
import { watchMoves } from './watchMoves.ts'

const moves = 300
const patients = 1000

/** Three models of a thousand patients, each better than the one before, from a generator of one seed. */
function makeScores(): string {
  let state = 1
  const uniform = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  const risk = (x: number) => 1 / (1 + Math.exp(-x))
  const rows = Array.from({ length: patients }, (_, i) => {
    const y = i % 5 === 0 ? 1 : 0
    return [`P${i}`, y, risk(normal() + 0.5 * y - 1), risk(normal() + y - 1), risk(normal() + 1.5 * y - 1)].join()
  })
  return ['id,outcome,LR,RF,SVM', ...rows].join('\n')
}

/** Moves the hand along a line, as fast as the browser takes it. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.evaluate(() => {
    window.moves.script.length = 0
    window.moves.frames.length = 0
  })
  for (let i = 0; i < moves; i++) {
    const share = (1 - Math.cos((i / moves) * 4 * Math.PI)) / 2
    await page.mouse.move(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]))
  }
  await page.mouse.up()
}

const quantile = (values: readonly number[], p: number) =>
  [...values].sort((a, b) => a - b)[Math.round(p * (values.length - 1))] ?? NaN

async function report(page: Page, name: string): Promise<void> {
  const { script, frames } = await page.evaluate(() => window.moves)
  const intervals = frames.slice(1).map((at, i) => at - frames[i])
  const told = (values: readonly number[]) => `${quantile(values, 0.5).toFixed(2)} / ${quantile(values, 0.95).toFixed(2)}`
  console.log(
    `${name}: script a move ${told(script)} ms, frame interval ${told(intervals)} ms (median / p95, ${intervals.length} frames)`,
  )
}

test('one threshold moves everything', async ({ page, context }) => {
  await context.addInitScript(watchMoves)
  const empty = await context.newPage()
  await empty.goto('./favicon-none', { waitUntil: 'commit' }).catch(() => undefined)
  await drag(empty, [300, 300], [500, 200])
  await report(empty, 'empty page')
  await empty.close()

  await openTable(page, { name: 'made.csv', mimeType: 'text/csv', buffer: Buffer.from(makeScores()) })
  for (const name of ['LR', 'RF', 'SVM'])
    await page
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .getByLabel('is a probability')
      .check()
  await page.getByRole('main').getByRole('button', { name: 'Evaluate', exact: true }).click()
  await expect(page.getByTestId('roc-ring')).toBeVisible()
  await page.waitForTimeout(2000)
  const ring = (await page.getByTestId('roc-ring').boundingBox())!
  const plot = (await page.getByRole('img', { name: /^ROC curves/ }).boundingBox())!
  await drag(page, [ring.x + ring.width / 2, ring.y + ring.height / 2], [plot.x + plot.width - 16, plot.y + 20])
  await report(page, `Evaluate, ${patients} patients, 3 models`)
})
