import type { NumberRange, SettingType } from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'
import type { FoundNode, RecordedFile, RecordsMessages } from '../../io/records/messages.ts'
import type { Sentences } from '../sentences.ts'

export const records: Sentences<RecordsMessages> = {
  'model-no-json': ({ path, words }) => `${path} 不是 JSON：${words}`,
  'model-later': ({ path, version }) => `${path} 由较新版本的 Texel 写成（格式版本 ${version}；本程序可读 1 和 2）。`,
  'model-without-hash': ({ path }) =>
    `${path} 结尾没有其内容的校验和（sha256）：文件不完整，或由其他程序重新写过。请使用 Texel 写出的文件。`,
  'model-changed': ({ path }) =>
    `${path} 写出之后被修改或损坏：其校验和（sha256）与内容不符。不予使用；请使用 Texel 写出的文件。`,
  'model-no-object': ({ path }) => `${path} 不是 Texel 的模型：应为一个对象。`,
  'model-invalid': ({ path, problems }) =>
    [`${path} 不是 Texel 的模型：`, ...problems.map(({ field, words }) => `  ${field ?? '文件'}：${words}`)].join('\n'),
  'model-lengths': ({ path, field, found, expected }) => `${path}：${field} 有 ${found} 个值，应为 ${expected} 个。`,
  'onnx-no-column': ({ name }) => `${name} 不使用任何特征，对所有人给出相同的结果：没有它的 ONNX 文件。`,
  'combat-no-json': ({ path, words }) => `${path} 不是 JSON：${words}。`,
  'combat-invalid': ({ path, field, words }) => `${path} 不是 ComBat 模型：${field ?? '文件'}：${words}。`,
  'combat-lengths': ({ path, columns, found }) =>
    `${path} 不是完整的 ComBat 模型：有 ${columns} 列，而有一个列表的长度为 ${found}。`,
  'run-no-json': ({ path, words }) => `${path} 不是 JSON：${words}`,
  'run-invalid': ({ path, field, words }) => `${path} 不是本版 Texel 的运行记录：${field ?? '文件'}：${words}。`,
  'protocol-no-yaml': ({ path, problems }) =>
    problems.map(({ line, words }) => `${path}，第 ${line} 行：${words}。方案是 YAML 文件，如“保存方案”和 texel protocol 所写。`).join('\n'), // prettier-ignore
  'protocol-no-settings': ({ path }) =>
    `${path} 没有设置。方案是由名称和值组成的 YAML 文件，如“保存方案”和 texel protocol 所写。`,
  'protocol-invalid': ({ path, problems }, say) =>
    problems.map(({ line, problem }) => `${path}，第 ${line} 行，${say(problem)}`).join('\n'),
  'protocol-name': ({ name, near, known }) =>
    `${name}：未知名称；${near === null ? `已知的有 ${known.join('、')}。` : `是指 ${near} 吗？`}`,
  'protocol-value': ({ field, problem, found }, say) =>
    `${field ?? '文件'}：${say(problem)}；${found === null ? '缺失' : `实际为 ${found}`}。`,
  'same-protocol': ({ startedAt }) => `方案与 ${startedAt} 的运行相同。`,
  'protocol-changed': ({ startedAt, changes }) =>
    `自 ${startedAt} 的运行以来，方案有 ${changes.length} 处改变：${changes.map(({ key, old, now }) => `${key} ${show(old)} → ${show(now)}`).join('；')}。`,
  'same-tables': () => '表格相同。',
  'tables-changed': ({ tables }) =>
    `以下表格有改变：${tables.map(({ role, old, now }) => `${role}（${nameFile(old)} → ${nameFile(now)}）`).join('；')}。`,
  'texel-changed': ({ old, now }) => `Texel 有改变：${old} → ${now}。`,
  'cohort-looked-at': ({ cohort, at, protocolSha256, looks, protocolChanges }) =>
    `队列 ${cohort} 首次于 ${at} 由方案 ${protocolSha256.slice(0, 12)} 评估；至今查看 ${looks} 次，其间方案改变 ${protocolChanges} 次。`,
  'record-no-json': ({ path, words }) => `${path} 不是 JSON：${words}。`,
  'record-invalid': ({ path, field, words }) => `${path} 不是本版 Texel 的阶段记录：${field ?? '文件'}：${words}。`,
  'record-number': ({ path, text }) => `${path} 含有 ${JSON.stringify(text)}，没有含义。`,
  'parameters-invalid': ({ problems }, say) =>
    problems.map(({ line, path, problem }) => `第 ${line} 行${path && `，${path}`}：${say(problem)}`).join('\n'),
  'parameters-empty': () => '文件为空。要使用默认值请写 {}，或从研究的文件开始。',
  'yaml-invalid': ({ words }) => `不是有效的 YAML：${words}`,
  'yaml-same-name': () => '同一节中有两个相同的名称；请去掉一个。',
  'yaml-documents': () => '应只有一个文档，在 "---" 之后又有一个。',
  'voxel-maps': () => '这里不计算基于体素的参数图，只计算整个区域的特征。请去掉这一节。',
  'voxel-setting': () => '未知设置。它属于基于体素的参数图，这里不计算。',
  'setting-outside': ({ name }) => `${name} 是一项设置：请缩进到 "setting:" 之下。`,
  unknown: ({ what, ...among }) => `未知的 ${what}。${suggest(among)}`,
  'both-bins': ({ size, count }) => `${size} 与 ${count} 都已设置：请选择一个，另一个写 null。`,
  'filters-no-list': ({ found }) =>
    `应为滤波器的列表，例如 [{ kind: mean, width: 5 }]，实际为${nameFound(found)}。要测量图像本身，请去除这一节。`,
  'same-filter': () => '列表中同一滤波器出现两次；请去除一个。',
  'option-missing': ({ type }) => `没有值：请写${nameType(type)}。`,
  'shape-of-responses': () =>
    '将不会测量任何内容：形态属于区域，随图像本身一起测量。请在滤波器中加上 { kind: none }，或再加一类特征。',
  'names-no-list': ({ example, found }) => `应为名称列表，例如 [${example}]，实际为${nameFound(found)}。`,
  'profile-by-command': () => '该文件指定了配置方案。按 IBSI 的特征由命令行测量：以此文件运行 texel extract --params。',
  'range-order': () => '范围的下限应在前，且小于上限。',
  'features-no-list': ({ example, found }) => `应为特征列表，例如 [${example}]，或留空表示全部；实际为${nameFound(found)}。`,
  'no-feature': ({ featureClass, given, ...among }) =>
    `${featureClass} 没有特征“${typeof given === 'string' ? given : nameFound(given)}”。${suggest(among)}`,
  'not-of-type': ({ type, found }) => `应为${nameType(type)}，实际为${nameFound(found)}。`,
  'not-of-type-in-list': ({ type, found }) => `应为${nameType(type)}，列表中有${nameFound(found)}。`,
  'list-length': ({ type, found }) => `应为${nameType(type)}，实际有 ${found} 个数。`,
  'no-interpolator': ({ found }) => `应为 sitkBSpline 之类的名称，或 1 到 10 的数，实际为${nameFound(found)}。`,
  'continuous-wavelet': ({ name }) => `“${name}”是连续小波；分解图像需要离散小波，例如 coif1。`,
  'no-choice': ({ found, ...among }) => `${nameFound(found)}不是这里的选项。${suggest(among)}`,
  'null-used': ({ type, default: otherwise }) =>
    `没有值：PyRadiomics 接受文件中的 null，但计算时会失败。请写${nameType(type)}，或去掉这一行以使用 ${otherwise}。`,
  'no-map': ({ found }) => `应为名称和值（"name: value"），实际为${nameFound(found)}。没有时请写 {}。`,
  'name-no-word': () => '名称应为一个词，不能是列表或映射。',
}

const foundWords = { nothing: '空', null: ' null', list: '列表', map: '映射', else: '其他内容' }

function nameFound(found: FoundNode): string {
  if (found.kind === 'value') return ` ${found.written} `
  if (found.kind !== 'text') return foundWords[found.kind]
  return `文本“${found.text}”${/^(yes|no|on|off|y|n)$/i.test(found.text) ? '（请写 true 或 false）' : ''}`
}

function nameType(type: SettingType): string {
  switch (type.kind) {
    case 'boolean':
      return ' true 或 false'
    case 'choice':
      return `以下之一：${type.choices.length > 20 ? `${type.choices.slice(0, 5).join('、')} 等` : type.choices.join('、')}`
    case 'list': {
      const count = type.lengths ? `${type.lengths.join(' 或 ')} 个` : ''
      return `${count}${type.of === 'integer' ? '整数' : '数'}的列表${nameRange(type)}`
    }
    default:
      return `${type.kind === 'integer' ? '整数' : '数'}${nameRange(type)}`
  }
}

function nameRange({ minimum, above, maximum }: NumberRange): string {
  if (minimum !== undefined && maximum !== undefined) return `（${minimum} 到 ${maximum}）`
  if (minimum !== undefined) return `（不小于 ${minimum}）`
  return above === undefined ? '' : `（大于 ${above}）`
}

function suggest({ near, known }: { readonly near: string | null; readonly known: readonly string[] }): string {
  if (near !== null) return `是指 ${near} 吗？`
  return known.length <= 20 ? `已知的有：${known.join('、')}。` : ''
}

function show(value: unknown): string {
  return value === undefined ? '（没有）' : JSON.stringify(value)
}

function nameFile({ file, sha256 }: RecordedFile): string {
  return `${file} ${sha256.slice(0, 12)}`
}
