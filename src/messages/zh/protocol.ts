import type { ProtocolMessages } from '../../core/protocol/messages.ts'
import type { Sentences } from '../sentences.ts'

export const protocol: Sentences<ProtocolMessages> = {
  'clinical-expected': () => '应为数值列的名称，或类别列的 { column, reference }',
  'features-expected': () => '应为 selected、none 或特征列表',
  'from-above-to': () => 'from 不应大于 to',
  'model-name-taken': ({ name }) => `另一个模型已用名称 ${name}`,
  'model-without-columns': () => '没有特征的模型需要临床列',
  'column-twice': ({ column }) => `${column} 出现一次以上`,
  'wasm-only-weights': () => '只有引擎 wasm 有类别权重',
  'wasm-only-tuned': () => '只有引擎 wasm 可以调参',
  'expected-number': ({ isWhole, least, above, most, below }) => {
    const ends = [
      least === null ? '' : `不小于 ${least}`,
      above === null ? '' : `大于 ${above}`,
      most === null ? '' : `不大于 ${most}`,
      below === null ? '' : `小于 ${below}`,
    ].filter(Boolean)
    return `应为${ends.length > 0 ? `${ends.join('且')}的` : ''}${isWhole ? '整数' : '数'}`
  },
  'expected-choice': ({ choices }) => `应为 ${choices.length === 1 ? choices[0] : `${choices.join('、')} 之一`}`,
  'expected-switch': () => '应为 true 或 false',
  'expected-text': () => '应为文本，例如列名',
  'expected-list': ({ least }) => (least === 0 ? '应为列表' : `应为至少 ${least} 项的列表`),
  'expected-otherwise': () => '应为其他内容：请与保存的方案比较',
}
