import type { WorkerMessages } from '../../../workers/messages.ts'
import type { Sentences } from '../sentences.ts'
import { taskWords } from './io.ts'

export const workers: Sentences<WorkerMessages> = {
  looking: () => '正在查看文件',
  reading: ({ name }) => `正在读取 ${name}`,
  starting: () => '正在启动',
  measuring: () => '正在读取灰度值',
  preparing: () => '正在准备图像',
  ended: ({ task, reason, times }, say) =>
    `程序中${taskWords[task]}的部分${times === 2 ? '两次' : ''}自行终止${reason ? `（${say(reason)}）` : ''}。内存可能不足：请关闭其他标签页和程序，然后再试。您所做的内容没有丢失。`,
  'answer-lost': () => '未能收到它的结果',
  'exit-code': ({ exitCode }) => `以代码 ${exitCode} 结束`,
  'hash-not-ready': () => '未知：在计算出来之前提取已被取消',
  'hash-failed': ({ error }, say) => `未知：${say(error)}`,
  'hash-impossible': () => '无法得到：页面不是从本机或经 https 打开的',
  'folder-empty': () => '文件夹是空的。',
  'ended-by-file': ({ ended }, say) => `${say(ended)}也可能是文件已损坏：请重新复制或导出。`,
  'reader-failed': ({ error }, say) => `读取意外中止：${say(error)}文件可能已损坏，或所需内存超过现有内存。`,
}
