import type { IoMessages, ProgramPart, WorkerTask } from '../../io/messages.ts'
import type { Sentences } from '../sentences.ts'

const parts: Readonly<Record<ProgramPart, string>> = {
  codecs: '程序中读写文件的部分',
  kernels: '程序中负责计算的部分',
  page: '页面的一个部分',
  pictures: '绘制图像的部分',
  sample: '示例病例',
}

/** What a worker does, before "的部分". */
export const taskWords: Readonly<Record<WorkerTask, string>> = {
  compare: '比较掩膜',
  features: '计算特征',
  files: '读写文件',
  hash: '计算图像哈希值',
  images: '处理整幅图像',
  proposal: '判断序列类型',
  labels: '读取掩膜',
  rois: '处理 ROI',
  scores: '评估评分',
  simulation: '生成模拟研究',
  statistics: '计算统计量',
}

/** The server answers, and has not what this page asks for. */
const reload = '可能在打开本页面之后程序已更新：请重新加载页面。已勾画的内容会保留。'

export const io: Sentences<IoMessages> = {
  'browser-cannot-read': () => '浏览器无法读取该文件。选择之后它可能被移动、修改或锁定：请重新选择。',
  'file-changed': ({ readBytes, announcedBytes }) =>
    `文件在读取 ${readBytes} 字节后结束，而应有 ${announcedBytes} 字节：文件在读取过程中发生了变化。`,
  'no-such-file': () => '没有这个文件或文件夹。请检查路径。',
  'zip-damaged': () => 'zip 文件不完整、已损坏或打包方式不常见。请自行解压后给出文件夹。',
  'not-loaded': ({ part, why }) => `${parts[part]}无法加载：${why}。${reload}`,
  'server-gone': () => '程序自己的服务器不再响应：请重新启动它（npm start），然后再试。没有任何内容丢失。',
  'worker-not-started': ({ task, why = '无法加载' }) => `程序中${taskWords[task]}的部分无法启动：${why}。${reload}`,
  'worker-late': ({ task, waitedS }) => `程序中${taskWords[task]}的部分无法启动：等待 ${waitedS} 秒后仍未就绪。${reload}`,
}
