import type { Zippable } from 'fflate'
import { scoreFigure } from '../../../charts/scoreFigure.ts'
import { binScores } from '../../../core/evaluate/binScores.ts'
import { printTheme } from '../../../charts/theme.ts'
import { withResolution } from '../../../io/results/figureFile.ts'
import { programServer } from '../../../io/programServer.ts'
import type { ShownModel } from '../../../state/analysis/threshold.ts'
import type { PrintedAs } from '../charts/PrintSize.tsx'
import { drawBenefits, drawCalibration, drawRoc } from './figures.ts'
import { packFiles } from './packFiles.ts'

/** The figures of the cohort on screen, light, for print. */
export async function zipFigures(shown: ShownModel, { mm, dpi }: PrintedAs): Promise<Uint8Array<ArrayBuffer>> {
  const { figureImage } = await programServer.load(() => import('../../../charts/Chart.tsx'))
  const kind = dpi === null ? 'svg' : 'png'
  const calibration = drawCalibration(shown, printTheme)
  const figures = {
    roc: drawRoc(shown, printTheme),
    ...(shown.cohort.models.some(({ decisionCurve }) => decisionCurve) && { 'decision-curve': drawBenefits(shown, printTheme) }),
    ...(calibration && { calibration }),
    scores: scoreFigure(binScores(shown.scores, shown.outcome), [], printTheme),
  }
  const files: Zippable = {}
  for (const [name, figure] of Object.entries(figures)) {
    const withLegend = {
      ...figure,
      layout: { ...figure.layout, showlegend: name !== 'scores', legend: { orientation: 'h' as const, y: -0.22 } },
    }
    const image = await figureImage(withLegend, kind, mm, dpi ?? 300, name === 'scores' ? 0.5 : 1)
    const bytes = new Uint8Array(await image.arrayBuffer())
    files[`${name}.${kind}`] = dpi === null ? bytes : withResolution(bytes, dpi)
  }
  return packFiles(files)
}
