import { expect, test } from 'vitest'
import { timeIntensityFigure } from './timeIntensityFigure.ts'

test('the curve is drawn in per cent over the first phase, with its grey levels at hand and a line at the early peak', () => {
  const { data, layout } = timeIntensityFigure({ timesS: [0, 60, 120], means: [100, 225, 175] }, { earlyPeakTimeS: 60 })
  expect(data).toMatchObject([{ x: [0, 60, 120], y: [0, 125, 75], customdata: [100, 225, 175] }])
  expect(layout.yaxis).toMatchObject({ title: { text: '% over pre-contrast' } })
  expect(layout.shapes).toMatchObject([{ x0: 60, x1: 60 }])
})

test('without a signal before contrast the grey levels are drawn', () => {
  const { data, layout } = timeIntensityFigure({ timesS: [0, 60], means: [0, 225] }, { earlyPeakTimeS: 60 })
  expect(data).toMatchObject([{ y: [0, 225] }])
  expect(layout.yaxis).toMatchObject({ title: { text: 'Mean grey level' } })
})
