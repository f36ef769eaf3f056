import { expect, test } from 'vitest'
import { timeIntensityFigure } from './timeIntensityFigure.ts'

test('the curve is drawn as it is, with a line at the early peak', () => {
  const { data, layout } = timeIntensityFigure({ timesS: [0, 60, 120], means: [100, 220, 180] }, { earlyPeakTimeS: 60 })
  expect(data).toMatchObject([{ x: [0, 60, 120], y: [100, 220, 180] }])
  expect(layout.shapes).toMatchObject([{ x0: 60, x1: 60 }])
})
