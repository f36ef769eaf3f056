import type { StudyMessages } from '../../core/study/messages.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

export const study: Sentences<StudyMessages> = {
  'cohorts-differ': ({ mine, theirs }) =>
    `两项研究都已固定队列，且队列不同（这里是 ${mine.slice(0, 8)}，文件中是 ${theirs.slice(0, 8)}）：不能合并。请先解除其中一项研究的队列固定。`,
  'cohort-empty': ({ cohort }) => `队列 ${cohort} 中将没有人：不能这样固定队列。`,
  'cohort-undecided': ({ labels }) =>
    `${labels.length} 名患者既不在任何队列中，也未被排除：${listSome(labels)}。请先对他们作出决定。`,
  'cohorts-fixed': ({ labels }) =>
    `队列已固定，其中包括 ${listSome(labels)}：在“研究”页说明理由并解除固定之前，不能有人退出或加入。`,
  'cohorts-fixed-already': () => '队列已经固定：要固定其他队列，请先在“研究”页说明理由并解除固定。',
  'cohorts-unplanned': () => '尚未指定哪些患者用于训练、哪些用于评估：请先选择队列方案。',
  'thaw-without-reason': () => '队列保持固定：请说明解除固定的理由。理由会与研究一起保存。',
  'redraw-without-reason': () => '第二次阅片的患者已经抽取。要重新抽取，请说明理由。',
  'row-without-image': ({ role }) => `该患者没有作为 ${role} 的图像。请在工作列表中将她的一幅图像指定为该角色，或将她去除。`,
  'row-image-gone': () => '图像不可用。请重新连接其文件夹，或在“图像”页重新给出。',
  'row-to-do': () => '这幅图像上尚未勾画。',
  'row-in-progress': () => '该 ROI 正在勾画中。完成后请将其标记为完成。',
  'row-other-voxels': () => '勾画该 ROI 时的体素与图像现在的体素不同：其文件已改变。请打开图像，重新勾画或复制 ROI。',
  'row-off-grid': () => '该 ROI 不在其图像现在的体素上。请打开图像，在上面复制或勾画 ROI。',
  'row-small': ({ voxels, mm3 }) =>
    `该 ROI 有 ${voxels} 个体素，${Math.round(mm3)} mm³：小于 64 mm³ 或少于 10 个体素时，纹理意义不大。`,
  'row-at-edge': () => '该 ROI 触及图像边缘：病灶的一部分可能在图像之外。',
  'row-in-pieces': ({ pieces }) => `该 ROI 由 ${pieces} 个互不相连的部分组成。每一部分都是想要的吗？`,
  'row-same-mask': ({ labels }) => `该 ROI 的体素与 ${listSome(labels)} 中的一个相同：是否把同一个掩膜给了多名患者？`,
  'row-ended-browser': ({ times }) => `浏览器在处理该 ROI 时终止了 ${times} 次。它不会再自动重试；其余的已继续进行。`,
}
