import type { OtherEncoding, Role, TablesMessages } from '../../io/tables/messages.ts'
import type { Sentences } from '../sentences.ts'
import { listSome } from './listSome.ts'

const otherEncodings: Readonly<Record<OtherEncoding, string>> = {
  korean: '韩文文本（EUC-KR、CP949）',
  traditionalChinese: '繁体中文文本（Big5）',
  japanese: '日文文本（Shift JIS、EUC-JP）',
  alphabet: '其他字母的文本（如 Windows-1251 的西里尔文或 Windows-1253 的希腊文）',
}

export const tables: Sentences<TablesMessages> = {
  'csv-broken': ({ path, row, words }) => `${path}，第 ${row} 行：${words}。`,
  'table-empty': ({ path }) => `${path} 为空；第一行应为列名。`,
  'table-without-rows': ({ path }) => `${path} 有列名而没有行。`,
  'column-unnamed': ({ path, column }) => `${path}：第 ${column} 列没有名称。`,
  'no-id-column': ({ path, likely, columns }) =>
    likely === null
      ? `${path} 没有列 id；有 ${columns.slice(0, 8).join('、')}。请用 --id 指明 ID 列，或将其命名为 id。`
      : `${path} 没有列 id。${likely === '' ? '没有名称的第一列' : likely} 是 ID 吗？请用 --id ${JSON.stringify(likely)} 指明，或将其命名为 id。`,
  'no-computed-rows': ({ path }) => `${path} 不是命令行保存在特征表旁的行表：那个文件的名称如 features.csv.rows.csv。`,
  'workbook-too-large': ({ path, bytes, most }) =>
    `${path}解压后将达 ${(bytes / 2 ** 30).toFixed(1)} GiB，而工作簿最多读取 ${most / 2 ** 30} GiB：请删去不需要的内容，或将工作表另存为“CSV UTF-8”。`,
  'profiles-mixed': ({ path, pyradiomics, ibsi }) =>
    `警告：${path} 含有按两种定义计算的特征：${pyradiomics.count} 个按 PyRadiomics（如 ${pyradiomics.example}），${ibsi.count} 个按 IBSI（如 ${ibsi.example}）。同一度量会在研究中出现两次，而计算方法不同。请去除其中一种的列，或在论文中说明两种都已使用。`,
  'no-features': ({ path }) => `${path} 没有特征列。`,
  'no-column': ({ path, column, near, columns }) =>
    `${path} 没有列 ${column}${near === null ? `；有 ${columns.slice(0, 8).join('、')}。` : `；是指 ${near} 吗？`}`,
  'outcome-values': ({ path, column, present }) =>
    `${path}，列 ${column}：结局应有两个值；现有 ${present.length} 个：${present.slice(0, 6).join('、')}。`,
  'positive-unsaid': ({ path, column, present, sayIn }) =>
    `${path}，列 ${column}：${present.join('和')} 中哪一个是阳性类？请${sayIn === 'option' ? '用 --positive' : '在方案的 outcome、positive 中'}指明。`,
  'positive-absent': ({ path, column, positive, present }) =>
    `${path}，列 ${column} 没有值 ${positive}；有 ${present.join('和')}。`,
  'no-ids': ({ path }) => `${path} 没有列出 ID；应每行一个。`,
  'table-unusable': ({ path, some, problems }, say) =>
    [
      `${path} 无法使用：`,
      ...some.map(say).map((line) => `  ${line}`),
      ...(problems > some.length ? [`  另有 ${problems - some.length} 处`] : []),
    ].join('\n'),
  'column-repeated': ({ column }) => `列 ${column} 出现一次以上`,
  'row-length': ({ row, cells, columns }) => `第 ${row} 行有 ${cells} 个单元格，而表头有 ${columns} 个`,
  'row-cells': ({ path, row, cells, columns }) => `${path}，第 ${row} 行：有 ${cells} 个单元格，而表头有 ${columns} 个。`,
  'row-without-id': ({ row }) => `第 ${row} 行没有 id`,
  'id-repeated': ({ id }) => `id ${id} 出现一次以上`,
  cell: ({ row, id, column, problem }, say) => `第 ${row} 行（${id}），列 ${column}：${say(problem)}`,
  'decimal-comma': ({ text }) => `“${text}”使用逗号作小数点；请以小数点保存表格`,
  'no-number': ({ text }) => `“${text}”不是数`,
  'column-unusable': ({ path, column, problem }, say) => `${path}，列 ${column}：${say(problem)}。`,
  'cell-unusable': ({ path, row, id, column, problem }, say) => `${path}，第 ${row} 行（${id}），列 ${column}：${say(problem)}。`,
  'covariate-unusable': ({ path, column, id, problem }, say) => `${path}，列 ${column}，${id}：${say(problem)}。`,
  'text-is-zip': () => '这是工作簿（或 zip）：请打开它，并将工作表存为“CSV UTF-8”。',
  'parquet-nested': ({ path, column }) => `${path}，列 ${column}：含有列表或记录；表格的每个单元格只有一个值。`,
  'parquet-codec': ({ path, codec }) => `${path} 用 ${codec} 压缩，这里不能读取：请用 snappy、gzip 或不压缩保存。`,
  'parquet-damaged': ({ path, words }) => `${path} 是已损坏的 Parquet 文件，或这里不能读取的类型：${words}。`,
  'gzip-damaged': () => '这是不完整或已损坏的 gzip 文件。',
  'text-is-binary': () => '这不是文本，而是二进制文件。请将表格存为“CSV UTF-8”或 .xlsx。',
  'text-has-controls': () => '它含有控制字符，曾以错误的编码读取的文本会如此：请重新存为“CSV UTF-8”。',
  'encoding-unknown': () => '其编码不是 UTF-8、UTF-16、GB18030 或 Windows-1252：请存为“CSV UTF-8”。',
  'encoding-assumed': ({ encoding }) => `它不是 UTF-8；按 ${encoding} 读取。如果名称显示不对，请存为“CSV UTF-8”。`,
  'encoding-other': ({ encoding }) => `它看起来是${otherEncodings[encoding]}，不能读取：请存为“CSV UTF-8”。`,
  'encodings-mixed': () => '其中一些行是 UTF-8，另一些不是：请将各部分分别存为“CSV UTF-8”，然后再合并。',
  'predictor-has-role': ({ column, role }) =>
    `方案将 ${column} 作为预测变量（models、clinical），但它是${nameRole(role)}：请去除。`,
  'levels-unknown': ({ path, column, strange, levels }) =>
    `${path}，列 ${column}：${listSome(strange.map(({ id, level }) => `${id}（${level}）`))} 的类别模型不认识；模型认识 ${levels.join('、')}。`,
  'reference-absent': ({ path, column, reference, levels }) =>
    `${path}，列 ${column}：没有人为参照类别 ${reference}；现有 ${listSome(levels)}。`,
  'one-level': ({ path, column, reference }) => `${path}，列 ${column}：所有人都为类别 ${reference}；没有信息。`,
  'many-levels': ({ path, column, levels, most }) =>
    `${path}，列 ${column}：有 ${levels} 个不同的值，不是类别（最多 ${most} 个）。`,
  'predictor-unusable': ({ path, column, id, problem, levels }, say) =>
    `${path}，模型使用的列 ${column}：${id} 为${say(problem)}。${levels === null ? '' : `如果这些是类别（${listSome(levels)}），请指明其他类别与之比较的一个：{ column: ${column}, reference: ${levels[0]} }。`}`,
  'infinite-value': () => '无穷大的值',
  'role-columns': ({ path, columns }) =>
    `${path} 有 ${columns.length} 列不是特征：${listSome(columns.map(({ column, role }) => `${column}（${nameRole(role)}）`))}。若从中学习，这样的列可能泄露结局。请从特征中去除。`,
  'score-roles': ({ path, columns }) =>
    `${path} 有 ${columns.length} 列作为评分，而其名称不像评分：${listSome(columns.map(({ column, role }) => `${column}（${nameRole(role)}？）`))}。请将队列列命名为 cohort，并去除其他列。`,
  'many-readers': ({ path, readers }) => `${path} 有 ${readers.length} 位阅片者（${readers.join('、')}）；请在方案中指明两位。`,
  'no-reader': ({ path, reader, readers }) =>
    `${path} 没有阅片者 ${reader}；${readers.length === 0 ? '没有列 reader' : `有 ${readers.join('、')}`}。`,
  'read-by-second-only': ({ path, first, second, ids, likely }) =>
    `${path}：${second} 阅过而 ${first} 没有阅过：${ids.slice(0, 5).join('、')}。${listLikely(likely)}`,
  'sheet-not-held': ({ path, sheet }) => `${path} 列出了工作表 ${sheet}，而其中没有：请打开工作簿并重新保存。`,
  'sheet-chosen': ({ path, sheets, chosen, other }) =>
    `${path} 有工作表 ${sheets.join('、')}；读取 ${chosen}。要用其他的，请用 --sheet 指明，或写在文件之后：${path}#${other}。`,
  'workbook-encrypted': ({ path }) => `${path} 是有密码的工作簿：请打开它，去掉密码，然后重新保存。`,
  'workbook-old': ({ path }) => `${path} 是旧式工作簿（.xls）：请存为 .xlsx，或将工作表存为“CSV UTF-8”。`,
  'no-workbook': ({ path }) => `${path} 是 zip，但不是 .xlsx 工作簿：请将表格存为 .xlsx 或“CSV UTF-8”。`,
  'workbook-damaged': ({ path }) => `${path} 是不完整或已损坏的工作簿。`,
  'workbook-unreadable': ({ path, words }) => `${path} 无法作为工作簿读取：${words}。`,
  'no-sheet': ({ path, sheet, sheets }) => `${path} 没有工作表 ${sheet}；有 ${sheets.join('、')}。`,
  'cells-merged': ({ path, sheet, cells }) =>
    `${path}，工作表 ${sheet}：有合并的单元格（${listSome(cells)}）。请取消合并，并将每个名称和值写在各自的单元格中。`,
  'cells-without-value': ({ path, sheet, cells }) =>
    `${path}，工作表 ${sheet}：${listSome(cells.map(({ cell, error }) => (error === null ? `${cell} 是没有值的公式` : `${cell} 为 ${error}`)))}。请清空或更正这些单元格，并在 Excel 中保存工作簿。`,
  'no-patient-shared': ({ features, clinical, first, likely }) =>
    `${features} 与 ${clinical} 没有共同的患者：第一个 ID 分别为 ${first[0]} 和 ${first[1]}。${listLikely(likely)}`,
  'patients-undescribed': ({ features, clinical, ids, likely }) =>
    `${clinical} 没有 ${features} 中 ${ids.length} 名患者的行：${listSome(ids)}。请补上，或从特征中去除。${listLikely(likely)}`,
  'cells-empty': ({ path, column, ids }) => `${path}，列 ${column}：${listSome(ids)} 为空。`,
  'sequence-missing': ({ sequence, ids }) => `${ids.length} 名患者没有序列 ${sequence} 的行，因此其特征缺失：${listSome(ids)}。`,
  'rows-of-patients': ({ rows, patients }) =>
    `${patients} 名患者共 ${rows} 行：在每次划分、分折、自助和装袋中同一患者的各行在一起，区间按患者计。Wilcoxon 检验、ICC 和表 1 将各行视为独立。`,
  'ids-likely-twice': ({ path, likely }) =>
    `警告：${path} 中的一些 ID 很可能相同，只是写法不同，而被当作不同的患者：${listSome(likely.map(([a, b]) => `${a} 与 ${b}`))}。如果相同，请统一写法。`,
  'ids-of-one-patient': ({ groups }) =>
    `警告：一些 ID 看起来是同一患者的多行：${groups
      .slice(0, 3)
      .map((group) => group.slice(0, 3).join('、'))
      .join(
        '；',
      )}${groups.length > 3 ? ` 等 ${groups.length} 组` : ''}。如果是，请在方案中指明患者的临床列（patient: COLUMN），否则其各行会同时用于学习和评估。`,
  'patients-unmeasured': ({ clinical, ids, likely }) =>
    `${clinical} 中有 ${ids.length} 名患者没有特征，已去除：${listSome(ids)}。${listLikely(likely)}`,
  'patients-unlabelled': ({ column, ids, harmonised }) =>
    `${ids.length} 名患者没有 ${column}；${harmonised ? '只参与协调' : '已去除'}：${listSome(ids)}。`,
  'outcome-classes': ({ column, positive, negative }) => `阳性为 ${column} = ${positive}；阴性为 ${negative}。`,
  'outcome-empty': ({ path, column, ids }) =>
    `${path}，列 ${column}：${ids.length} 名患者没有结局（${ids.slice(0, 5).join('、')}）。请去除这些行。`,
  'cohort-empty': ({ path, column, ids }) =>
    `${path}，列 ${column}：${ids.length} 名患者不在任何队列中（${ids.slice(0, 5).join('、')}）。`,
  'patient-empty': ({ path, ids }) => `${path}：没有患者的行：${listSome(ids)}。`,
  'patients-in-cohorts': ({ path, patients }) =>
    `${path}：有患者在一个以上的队列中：${listSome(patients.map(({ patient, cohorts }) => `${patient}（${cohorts.join('、')}）`))}。同一患者的所有行应属于一个队列。`,
  'model-columns-lacking': ({ path, lacking, needed }) =>
    `需要 ${needed} 列，${path} 缺少其中 ${lacking.length} 列：${listSome(lacking.map(({ column, near }) => (near === null ? column : `${column}（是指 ${near} 吗？）`)))}。`,
  'two-readers': ({ path }) => `${path} 有两位阅片者的行；请去除第二位的。`,
  'no-row-for': ({ path, ids, likely }) => `${path} 没有 ${listSome(ids)} 的行。${listLikely(likely)}`,
  'rows-differ': ({ path, column, id, values }) =>
    `${path}，列 ${column}：${id} 的各行不同（${values.join('、')}）；一名患者有一个批次，每个协变量有一个值。`,
  'training-unlabelled': ({ column, ids, likely }) =>
    `${ids.length} 名训练患者没有 ${column}：${ids.slice(0, 5).join('、')}。请从训练名单中去除，或补上结局。${listLikely(likely)}`,
  'nobody-complete': () =>
    '没有训练患者的每个特征都有值（missing: complete cases）。请去除许多患者缺少的特征，或选择训练集的中位数。',
}

function nameRole(role: Role): string {
  if (typeof role === 'object') return ` ${role.clinical} 的列`
  switch (role) {
    case 'covariate':
      return '协变量'
    case 'outcome by name':
      return '名称像结局；要原样写出，请用 --not-features 指明'
    case 'cohort by name':
      return '名称像队列；要原样写出，请用 --not-features 指明'
    default:
      return ` ${role}`
  }
}

function listLikely(pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return ''
  return `很可能相同而没有合并：${listSome(pairs.map(([a, b]) => `${a} 与 ${b}`))}。请统一写法。`
}
