import type { KeptThing, StorageMessages } from '../../storage/messages.ts'
import type { Sentences } from '../sentences.ts'

const things: Readonly<Record<KeptThing, string>> = {
  database: '数据库',
  cache: '缓存',
  file: '文件',
  'service worker': 'service worker',
  setting: '设置',
  'setting of this tab': '本标签页的设置',
}

const newer = '此浏览器中保存的内容来自较新版本的 Texel。内容没有丢失，当前版本也不会改动它：请再次打开那个较新的版本继续使用。'

export const storage: Sentences<StorageMessages> = {
  'still-there': ({ what, count }) => `${things[what]} ${count} 个`,
  'not-removed': ({ what, reason }, say) => `${things[what]}：${say(reason)}`,
  'no-room': () => '此浏览器已没有存储空间：该 ROI 未被保存。请将掩膜存为文件，然后在“图像”页删除不再需要的 ROI。',
  'not-kept': ({ reason }, say) => `此浏览器不保存数据（${say(reason)}）：关闭页面后 ROI 将丢失。请将掩膜存为文件。`,
  'newer-database': () => newer,
  'newer-database-keeps-nothing': () => `${newer}现在勾画的内容不会被保存：请将掩膜存为文件。`,
  'earlier-version-open': () => '另一个标签页正用较早版本的 Texel 打开它：请关闭该标签页，然后重新加载本页面',
  'roi-damaged': () => '保存的 ROI 已损坏，无法解包。请将其放弃。',
  'roi-cut-off': ({ voxels, expected }) => `保存的 ROI 有 ${voxels} 个体素，而应有 ${expected} 个。请将其放弃。`,
}
