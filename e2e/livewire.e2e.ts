import { expect, test } from '@playwright/test'
import { createLivewire } from '../src/core/mask/edit/livewire.ts'
import { listPolygonVoxels } from '../src/core/mask/edit/polygon.ts'
import type { Triple } from '../src/core/numeric/voxelArray.ts'
import { identityDirection } from '../src/core/image/volume.ts'
import { findViolations } from './findViolations.ts'
import { openSample, watchPage } from './openPage.ts'
import { count, expectVoxels, findVoxels, readSampleImage, saveVoxels, side, slices } from './voxels.ts'

// Every step is compared voxel by voxel with a saved file: long on a machine that is busy.
test.slow()

for (const hands of ['ITK-SNAP hands', 'PACS hands'])
  test(`${hands}: the polygon follows edges from point to point, is filled, and undone to the byte`, async ({ page }) => {
    const { problems } = watchPage(page)
    await openSample(page, /Brain, MR/)
    await page.getByText(hands).click()
    const { at, slice } = await findVoxels(page)
    const { levels, spacing } = await readSampleImage()
    const start = await saveVoxels(page)
    await page.getByRole('button', { name: /^Polygon/ }).click()
    const panel = page.getByRole('region', { name: 'Polygon' })
    await panel.getByText('Livewire').click()
    // Not in the middle between voxels: a way begins in the voxel that a point lies in.
    const points = [[60.2, 110.2], [80.2, 105.2], [84.2, 125.2], [62.2, 130.2]].map(([x, y]): Triple => [x, y, slice]) // prettier-ignore
    for (const [x, y] of points) await page.mouse.click(...at([x, y]))
    await page.mouse.move(...at([70, 118]))
    await page.screenshot({ path: test.info().outputPath('livewire-1440.png') })
    expect(await findViolations(page)).toEqual([])
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.screenshot({ path: test.info().outputPath('livewire-1920.png') })
    await page.keyboard.press('Enter')

    const grid = { size: [side, side, slices] as const, spacingMm: spacing as unknown as Triple, originMm: [0, 0, 0] as const }
    const image = { ...grid, direction: identityDirection, voxels: levels, source: { path: 'sample', format: 'NIfTI' } } as const
    const outline = points.flatMap((from, i) => [from, ...createLivewire(image, 2, from)(points[(i + 1) % points.length])])
    const polygon = { sliceAxis: 2, slice, points: outline.map(([x, y]) => [x, y] as const), rule: 'nonZero' } as const
    const filled = start.slice()
    for (const position of listPolygonVoxels(grid.size, polygon)) filled[position] = 1
    expect(outline.length).toBeGreaterThan(60)
    expect(count(filled)).toBeGreaterThan(count(start) + 200)
    await expectVoxels(page, filled)
    await page.keyboard.press('Control+z')
    await expectVoxels(page, start)
    expect(problems).toEqual([])
  })
