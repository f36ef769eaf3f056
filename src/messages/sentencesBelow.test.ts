import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

/*
 * What the core, the files, the workers, the stores and what is kept have to tell is codes and values: their sentences stand in
 * `messages/<language>`. Three words and more are taken for a sentence, but for codes (a literal of a type, or of a schema), the formulas of
 * features, and what an error of the program says to whoever mends it.
 */

const root = fileURLToPath(new URL('../../', import.meta.url))

/** No sentences, each with its reason. */
const noSentences: readonly (readonly [where: string, text: RegExp])[] = [
  // Keys: the same in every language.
  ['src/core/image/volumeNames.ts', /./],
  ['src/core/evaluate/stratifiedBootstrap.ts', /^bootstrap of patients$/],
  ['src/core/analysis/bootstrapPath.ts', /^all training patients$/],
  ['src/core/select/annealing.ts', /^all training patients$/],
  ['src/storage/migrations.ts', /^key, image, savedAt$/],
  ['src/state/claimTab.ts', /^texel \{x\} /],
  ['src/core/study/invariants.ts', /^role \{x\} /],
  ['src/core/simulate/simulateStudy.ts', /^(noise \{x\} |grain of enhancement$)/],
  ['workers/exposeApi.ts', /^texel worker /],
  // What undo calls a step, named by who asks for it.
  ['src/state/copyRoi.ts', /^Copy from /],
  // Names of files' own: of a protocol, of settings, of a column, of DICOM.
  ['src/core/protocol/protocol.ts', /^Protocol of Luo/],
  ['src/core/parameters/profiles/pyradiomics.ts', /^force2D and shape2D$/],
  ['src/io/results/performanceTables.ts', /^difference of AUC /],
  ['src/io/dicom/dicomHeader.ts', /^(Philips|SIEMENS) /],
  ['src/io/dicom/writeSegmentation.ts', /./],
  ['src/core/simulate/scanners.ts', /^(GE MEDICAL|Philips Medical) /],
  ['src/io/simulated/simulatedDicom.ts', /^(SIMULATED|frame of reference$)/],
  // Marks of the page.
  ['src/io/results/reportFile.ts', /^(<meta |<(tr|li|td) |default-src |\s*@page )/],
  ['src/io/results/svgPlot.ts', /^((\{x\})?<|Arial, |transform=)/],
  ['src/io/results/flowChart.ts', /^<(text|svg|path|rect) /],
  ['src/io/results/figureFile.ts', /^<svg /],
  // Stands among the words of the library that reads records.
  ['src/io/records/runRecord.ts', /^a path below the folder/],
]

const isSentence = (text: string) => /\p{L}{2,}[^ ]* +[^ ]*\p{L}[^ ]* +[^ ]*\p{L}/u.test(text.replace(/\s+/g, ' '))

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `{x}${literal.text}`).join('')
  return undefined
}

const files = ['src/core', 'src/io', 'src/storage', 'src/state', 'workers']
  .flatMap((room) =>
    readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file.replaceAll('\\', '/')}`),
  )
  .filter((file) => /\.ts$/.test(file))
  .filter((file) => !/\.test\.ts$|\/(made|fake)[A-Z]|\.d\.ts$|^src\/core\/kernels\/assembly\//.test(file))
const sources = files.map((file) =>
  ts.createSourceFile(file, readFileSync(`${root}${file}`, 'utf8'), ts.ScriptTarget.Latest, true),
)

const codes = new Set<string>()

function listCodes(node: ts.Node): void {
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) codes.add(node.literal.text)
  if (ts.isCallExpression(node) && /^z\.(literal|enum)$/.test(node.expression.getText())) node.arguments.forEach(listTexts)
  if (ts.isAsExpression(node) && node.type.getText() === 'const') listTexts(node.expression)
  ts.forEachChild(node, listCodes)
}

function listTexts(node: ts.Node): void {
  if (ts.isStringLiteral(node)) codes.add(node.text)
  else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(listTexts)
}

const isProgramError = (node: ts.Node) => ts.isNewExpression(node) && /^(Range|Type)?Error$/.test(node.expression.getText())
const isFormula = (node: ts.Node) => ts.isPropertyAssignment(node) && /^(formula|unit|replacedBy)$/.test(node.name.getText())

function listSentences(node: ts.Node, source: ts.SourceFile): string[] {
  if (ts.isTypeNode(node) || isProgramError(node) || isFormula(node)) return []
  const text = textOf(node)
  const isOne =
    text !== undefined &&
    !codes.has(text) &&
    isSentence(text) &&
    !noSentences.some(([where, words]) => where === source.fileName && words.test(text))
  const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
  const own = isOne ? [`${source.fileName}:${line} ${text}`] : []
  const below: string[] = []
  ts.forEachChild(node, (child) => void below.push(...listSentences(child, source)))
  return [...own, ...below]
}

test('sentences stand in messages/<language> alone', () => {
  sources.forEach(listCodes)
  expect(files.length).toBeGreaterThan(400)
  expect(sources.flatMap((source) => listSentences(source, source))).toEqual([])
})
