import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

/* That a sentence is there in both languages is the compiler's to say. Here: that it is in Chinese, and tells what English tells. */

const messages = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => ts.createSourceFile(path, readFileSync(`${messages}${path}`, 'utf8'), ts.ScriptTarget.Latest, true)

const files = readdirSync(`${messages}zh`, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file) && file !== 'translation.ts')

/** Names of files and buttons of other programs, and what stands in files letter by letter. */
const asTheyAre = [/texel (study --import|extract --params|protocol)/g, /ElementToIntensityFunctionSlope|Real World Value LUT Data|Bits Allocated|Bits Stored|High Bit/g, /GE MEDICAL|CSV UTF-8|IHC 2\+|3D Slicer|space directions|Modality LUT|MetaImage|service worker/g, /kind: mean, width|complete cases|median of training|drop feature|axis (mins|maxs)|space origin|old (min|max)|one SE|endian: (little|big)/g] // prettier-ignore

const isEnglish = (text: string) =>
  /[a-z]{2,}[,;:]? +[a-z]{2,}[,;:]? +[a-z]{2,}/i.test(asTheyAre.reduce((left, names) => left.replace(names, '…'), text))

function textsOf(node: ts.Node): string[] {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return []
  // Codes are the same in every language.
  if (ts.isPropertyAssignment(node)) return textsOf(node.initializer)
  if (ts.isCaseClause(node)) return node.statements.flatMap(textsOf)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken) return []
  const own = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? [node.text] : ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)] : [] // prettier-ignore
  const below: string[] = []
  ts.forEachChild(node, (child) => void below.push(...textsOf(child)))
  return [...own, ...below]
}

/** What each sentence of a file is made from: the values that it takes, by its code. */
function valuesOf(source: ts.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const look = (node: ts.Node) => {
    if (ts.isPropertyAssignment(node) && ts.isArrowFunction(node.initializer)) {
      const [values] = node.initializer.parameters
      const names =
        values && ts.isObjectBindingPattern(values.name)
          ? values.name.elements.map(({ name, propertyName }) => (propertyName ?? name).getText().split(/[ {[]/)[0])
          : []
      found.set(node.name.getText(), names.sort().join(' '))
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

test('what is said in Chinese holds no sentence in English', () => {
  expect(files.length).toBeGreaterThan(35)
  const texts = files.flatMap((file) => textsOf(read(`zh/${file}`)).map((text) => `${file}: ${text}`))
  expect(texts.length).toBeGreaterThan(1000)
  expect(texts.filter(isEnglish)).toEqual([])
})

test('a sentence in Chinese is made from the values that the English one is made from', () => {
  const differing = files.flatMap((file) => {
    const english = valuesOf(read(`en/${file}`))
    return [...valuesOf(read(`zh/${file}`))].flatMap(([code, values]) =>
      values === (english.get(code) ?? values) ? [] : [`${file} ${code}: ${values}; in English: ${english.get(code)}`],
    )
  })
  expect(differing).toEqual([])
})
