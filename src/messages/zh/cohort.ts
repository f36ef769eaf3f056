import type { CohortMessages } from '../../core/cohort/messages.ts'
import type { Sentences } from '../sentences.ts'

export const cohort: Sentences<CohortMessages> = {
  'baseline-is-last': ({ phase, phases }) => `共 ${phases} 个期相，第 ${phase} 期不能作为基线：其后至少要有一个期相。`,
  bounds: ({ inflowPercent, outflowPercent }) => `界限为 ${inflowPercent} % 和 ${outflowPercent} %：两者都应是不小于 0 的数。`,
  constant: () => '没有变化',
  'counts-below-5': ({ small, cells }) => `${cells} 个期望频数中有 ${small} 个小于 5`,
  'few-phases': ({ found, expected }) => `有 ${found} 个期相；研究方案中为 ${expected} 个。`,
  'group-without-values': () => '有一组没有值',
  groups: ({ only }) => `分组表至少需要两组；现在${only === undefined ? '一组也没有' : `只有 ${only}`}。`,
  'level-unknown': ({ variable, level, levels }) => `${variable} 没有类别“${level}”；有 ${levels.join('、')}。`,
  'means-not-finite': ({ means }) => `均值为 ${means.join('、')}：选择增强后期相至少需要两个有限的值。`,
  'none-before-contrast': ({ injectionS }) =>
    `没有期相在注射对比剂之前：文件显示对比剂在第一期之前 ${Math.round(-injectionS)} 秒注射。`,
  'no-rise': ({ risePercent }) =>
    `第 1 期看起来已增强，或顺序有误：到第 2 期亮灰度值变化 ${risePercent.toFixed(1)} %，通常升高 5 % 以上。`,
  'phase-missing': ({ after, gapS, usualGapS }) =>
    `第 ${after} 期与第 ${after + 1} 期之间可能缺少一个期相：间隔 ${Math.round(gapS)} 秒，而通常约为 ${Math.round(usualGapS)} 秒。`,
  'phase-off-grid': ({ phase, size, maskSize }) =>
    `第 ${phase} 期有 ${size.join(' x ')} 个体素，掩膜有 ${maskSize.join(' x ')} 个：两者应在同一网格上。`,
  times: ({ phases, timesS }) => `${phases} 个期相的时间为 ${timesS.join('、')} 秒：每期需要一个时间，且依次递增。`,
  'values-a-patient': ({ variable, values, patients }) => `${variable} 有 ${values} 个值，而患者有 ${patients} 名。`,
}
