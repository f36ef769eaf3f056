import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { findCutOff } from './findCutOff.ts'
import { findViolations } from './findViolations.ts'
import { openSample, watchPage } from './openPage.ts'

/** PyRadiomics's value for the sample. */
const wanted = (feature: string) =>
  Number(
    readFileSync('reference/pyradiomics/breast1/features_default.csv', 'utf8').match(
      new RegExp(`^original_${feature},(.*)$`, 'm'),
    )![1],
  )

for (const size of [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]) {
  test(`at ${size.width} x ${size.height} the measures of an ROI are those of a report, and go to the clipboard as text`, async ({
    page,
    context,
  }) => {
    const { problems, foreignRequests } = watchPage(page)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.setViewportSize(size)
    await openSample(page, /Breast, MR/)
    const measures = page.getByRole('region', { name: 'Measures' })
    const greatest = `${wanted('shape_Maximum3DDiameter').toFixed(1)} mm`
    const axial = `${wanted('shape_Maximum2DDiameterSlice').toFixed(1)} mm`
    await expect(measures).toContainText(`Longest in 3D${greatest}`)
    await expect(measures).toContainText(`Longest in axial${axial}, slice 10`)
    expect(await findCutOff(page)).toEqual([])
    const violations = await findViolations(page)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    await measures.getByRole('button', { name: 'Copy as text' }).click()
    await expect(measures.getByRole('button', { name: 'Copied' })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('measures.png') })
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toContain(`Longest diameter, axial: ${axial}, slice 10; across it: `)
    expect(text).toContain(`Longest diameter, 3D: ${greatest}\n`)
    expect(text).toContain('Volume: 132.43 mm³ (143 voxels)')
    expect(text).toMatch(/^ROI P0001_\S+_reader-1\n/)
    // What is drawn since is not what was copied.
    await page.keyboard.press('Control+z')
    await expect(measures).toHaveCount(0)
    expect(problems).toEqual([])
    expect(foreignRequests).toEqual([])
  })
}
