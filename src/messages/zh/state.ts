import type { StateMessages } from '../../state/messages.ts'
import type { Sentences } from '../sentences.ts'
import { formatDateTime } from './formatDateTime.ts'
import { listSome } from './listSome.ts'

const refusals: Readonly<Record<StateMessages['progress-refused']['why'], string>> = {
  bothLocked: '两位阅片者都已锁定各自的 ROI，现在可以互相查看，因此都不能再解锁。',
  nothingDrawn: '尚未勾画任何内容：空的 ROI 既不能标记为完成，也不能锁定。',
  recoveryWaiting: '有一个先前会话的 ROI 等待处理：请先恢复或放弃它。',
  openElsewhere: '这幅图像在另一个标签页中打开，ROI 由那里保存：请在那里锁定，或先关闭那个标签页。',
  locked: '该 ROI 已锁定：请先解锁。',
  excluded: '该患者已被排除：不能在其图像上勾画。请先在工作列表中将其恢复。',
  firstNotLocked: '这幅图像的第一次阅片尚未锁定：再次阅片之前请先锁定。',
}

const count = (value: number) => value.toLocaleString('zh-CN')

export const state: Sentences<StateMessages> = {
  locked: ({ by, at, isOtherLocked }) =>
    `该 ROI 已由 ${by} 于 ${formatDateTime(at)} 锁定：不能修改。${isOtherLocked ? '两位阅片者都已锁定，因此保持锁定。' : '要继续勾画，请在 ROI 面板中解锁。'}`,
  'progress-refused': ({ why }) => refusals[why],
  'unlock-without-reason': () => '保持锁定：请说明解锁的理由。理由会与研究一起保存。',
  'complete-no-more': () => '该 ROI 原已完成；现在已被修改，因此重新变为进行中。撤销可同时恢复两者。',
  'undo-dropped': ({ steps, budgetMiB }) => `最早的 ${steps} 步已从撤销记录中去除：其 ${budgetMiB} MiB 的内存已满。`,
  'image-stays': ({ imageName }) => `${imageName} 保留在列表中：其 ROI 未保存在此浏览器中，移除后会丢失。请先将其存为文件。`,
  'operation-dropped': () => '该 ROI 在此期间被修改，因此本次操作已放弃。如仍需要，请重新开始。',
  'operation-changes-nothing': () => '它不会改变 ROI 的任何体素。',
  'nothing-to-measure': ({ id, role }) => `${id} 在 ${role} 上没有 ROI：请在“ROI”页勾画，然后再查看列表。`,
  'model-first': ({ file }) => `${file} 是表格：请先打开用来评分的模型文件。`,
  'not-extracted': ({ columns }) =>
    `用模型文件中的参数得不到 ${listSome(columns)}。该文件由另一次提取拼合而成；请改为对特征表评分。`,
  'copy-another-opened': ({ from, to }) => `${from} 的 ROI 未复制到 ${to}：在此期间打开了另一幅图像。`,
  'copy-outside': ({ to }) => `该 ROI 完全位于 ${to} 之外：未复制任何内容。`,
  'copy-failed': ({ error }, say) => `ROI 未复制：${say(error)}`,
  copied: ({ from, to, voxels, isAligned, outsideFraction, differences }, say) =>
    [
      voxels === 0
        ? `${to} 没有体素中心位于 ${from} 的 ROI 内：相对于该 ROI，其体素过大。`
        : `已${isAligned ? '按配准结果' : ''}按空间位置从 ${from} 复制，取最近体素：${count(voxels)} 个体素。请在此修正。`,
      ...(outsideFraction > 0 ? [`该 ROI 有 ${(100 * outsideFraction).toFixed(1)} % 位于这幅图像之外，已被截去。`] : []),
      ...differences.map(say),
    ].join(''),
  'image-changed': ({ imageName }) => `${imageName} 的文件已不是原来的样子：被修改或移动。请重新打开。`,
  'images-at-hand': ({ images }) => `研究中的 ${count(images)} 幅图像又可以读取；它们都是已知的。`,
  'mask-image-not-here': () => '图像不可用：请连接其文件夹，或重新给出。',
  'mask-file-without': ({ file }) => `${file} 中已没有掩膜：被修改或移动。`,
  'mask-many-labels': ({ labels, most }) => `它有 ${labels} 个标签；从一个掩膜中最多取 ${most} 个病灶。这是病灶的掩膜吗？`,
  'mask-nothing-in-it': () => '它没有体素位于图像上。',
  'masks-laid': ({ masks, left, failed }) =>
    [
      `${count(masks)} 个掩膜已成为 ROI，在您标记为完成之前为进行中。`,
      ...(left > 0 ? [`${left} 个未放置，因为那里已有勾画。`] : []),
      ...(failed > 0 ? [`${failed} 个无法放置。`] : []),
    ].join(''),
  'folder-not-there': ({ folder }) => `无法读取文件夹 ${folder}：未连接，或不在原来的位置。请连接它，或重新给出。`,
  'study-file-not-there': ({ file }) => `无法读取研究文件 ${file}：未连接，或已不在原处。请连接，或重新提供。`,
  'study-file-of-others': ({ file }) => `${file} 中没有所缺的任何图像。请提供保存时带有图像的研究文件。`,
  'import-drawn-on': ({ labels }) =>
    `导入内容保留：已有人在 ${listSome(labels)} 的图像上勾画。请先删除这些 ROI，或在工作列表中排除患者。`,
  'no-role-yet': ({ label }) => `${label} 的图像尚未指定角色：请在工作列表右侧选择每幅图像是什么。`,
  'erase-open-elsewhere': () =>
    '该患者的一幅图像在另一个标签页中打开，那里会再次保存其 ROI。请先关闭那个标签页。未清除任何内容。',
  'analysis-not-merged': ({ name }) =>
    `${name} 中的分析未采用：它只属于那项研究，而这里已有一项分析。要查看它，请在空的研究中打开该文件。`,
  'images-not-here': ({ label }) => `${label} 的图像不可用：请连接其文件夹，或重新给出。`,
  'row-too-long': ({ seconds }) => `${seconds} 秒后放弃：已是同等大小的其他 ROI 所需时间的二十倍。其余的已继续进行。`,
  'batch-elsewhere': () => '本研究的特征正在另一个标签页中计算。请等待完成，或在那里取消。',
  'all-done': () => '全部完成：该阅片者没有剩余的 ROI 需要勾画。',
  'study-not-kept': ({ reason }, say) => `工作列表未保存在此浏览器中，或无法再找到：${say(reason)}页面打开期间仍然有效。`,
  'sample-mask-laid': () => '示例自带的掩膜未经询问即已放置：网格相同，只有一个标签。您自己的掩膜会先供您检查。',
  'lesions-laid': ({ count: laid, empty, locked }) =>
    [
      `已在图像上放置 ${laid} 个病灶，各有自己的撤销记录。`,
      ...(empty > 0 ? [`${empty} 个标签在图像内没有体素。`] : []),
      ...(locked.length > 0 ? [`${locked.join('、')} 已锁定，保持不变。`] : []),
    ].join(''),
  'lesions-in-files': ({ files }) =>
    `病灶相互重叠，而标签图中每个体素只有一个标签：因此存为 ${files.length} 个文件，每个病灶都完整。${files.map(({ name, lesions }) => `${name}：${lesions.join('、')}`).join('；')}。`,
  'lesion-locked': ({ lesion, by, at }) =>
    `${lesion} 未删除：其一个 ROI 已由 ${by} 于 ${formatDateTime(at)} 锁定。请先在“阅片者”面板中解锁。`,
  'lesion-of-others': ({ lesion, by }) =>
    `${lesion} 未删除：${by} 也勾画了它，而删除病灶会删除其所有 ROI。请改为在“图像”页删除您自己的 ROI。`,
  'deleted-for-good': () => '它是在 30 秒以前，或在因磁盘已满而结束的会话中删除的：无法恢复。',
  'locked-stays': ({ imageName, by, at }) =>
    `${imageName} 的 ROI 未删除：它已由 ${by} 于 ${formatDateTime(at)} 锁定，保持不变。要删除它，请先打开图像，在“阅片者”面板中解锁。若两位阅片者都已锁定，则两者都保留。`,
  'delete-unkept': ({ imageName }) => `${imageName} 的 ROI 在上次保存之后又有勾画：请先打开图像并保存，或撤回这些勾画。`,
  'delete-open-elsewhere': () => '该 ROI 的图像在另一个标签页中打开，那里可能正在勾画：请先关闭那个标签页。',
  'geometry-unknown': () => '其几何信息未知：请打开图像一次，然后再次保存全部 ROI。',
  'deleted-meanwhile': () => '在此期间已被删除。',
  'rois-not-taken-over': ({ reason }, say) =>
    `较早版本的 Texel 保存在此浏览器中的 ROI 未能全部接收（${say(reason)}）。它们没有丢失：请重新加载页面再试。`,
  'settings-not-found': ({ reason }, say) => `找不到先前会话的设置：此浏览器未给出（${say(reason)}）。`,
  'settings-not-kept': ({ reason }, say) => `关闭页面后设置将被遗忘：此浏览器不保存（${say(reason)}）。`,
  'curves-not-kept': ({ reason }, say) => `关闭页面后增强曲线将被遗忘：此浏览器不保存（${say(reason)}）。`,
  'analysis-not-kept': ({ reason }, say) => `关闭页面后分析将丢失：此浏览器不保存（${say(reason)}）。分析会继续；请保存其结果。`,
  'task-failed': ({ task, reason }, say) => `任务 ${task} 未计算完成。${say(reason)}`,
  'analysis-deleted': ({ results }) =>
    `此浏览器中保存的研究内容已被删除。其表格和方案已重新保存；${results} 项结果已丢失：显示的内容保留到页面关闭为止，再次运行可恢复。`,
  'study-elsewhere': () => '未作任何更改：研究在另一个标签页中打开，这里只能查看。请在那里继续，或关闭那个标签页。',
  'phases-not-kept': ({ reason }, say) => `关闭页面后关于期相的决定将被遗忘：此浏览器不保存（${say(reason)}）。`,
  'lesions-not-kept': ({ reason }, say) => `关闭页面后患者的病灶将被遗忘：此浏览器不保存（${say(reason)}）。`,
  'patients-not-kept': ({ reason }, say) => `关闭页面后图像属于谁将被遗忘：此浏览器不保存（${say(reason)}）。`,
  'polygon-not-kept': ({ reason }, say) => `关闭页面后未闭合的多边形不会保存：此浏览器拒绝保存（${say(reason)}）。请尽快闭合。`,
  'parameters-not-kept': ({ reason }, say) => `参数不会留到下次：此浏览器拒绝保存（${say(reason)}）。`,
  'tables-not-kept': ({ reason }, say) => `关闭页面后特征表将丢失：此浏览器不保存（${say(reason)}）。请存为 CSV。`,
}
