// Lists functions and values of src, workers and cli that are exported for nobody, and ends with 1 where there is one. (Types go with
// what they describe.) With --product tests count for nobody: what they alone use waits for its caller, or goes.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

const isTest = (file) => /\.test\.tsx?$|(^|\/)(made|fake)[A-Z][^/]*$|^cli\/testProgram\.ts$|^(e2e|reference)\//.test(file)
const isCode = (file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.startsWith('src/core/kernels/assembly/')
const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '*.ts', '*.tsx'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => isCode(file) && existsSync(join(root, file)))
  .map((file) => ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true))

/** Names that files import of a file; '*': any of them. */
const imported = new Map()
for (const source of sources) if (!(process.argv.includes('--product') && isTest(source.fileName))) visit(source, source)

const unused = sources
  .filter(({ fileName }) => /^(src|workers|cli)\//.test(fileName) && !isTest(fileName))
  .flatMap((source) => source.statements.flatMap(exportsOf).map((name) => ({ source, name })))
  .filter(({ source, name }) => {
    const names = imported.get(source.fileName)
    return !names?.has(name.text) && !names?.has('*')
  })
for (const { source, name } of unused) {
  const line = source.getLineAndCharacterOfPosition(name.getStart()).line + 1
  console.error(`${source.fileName}:${line} ${name.text} is exported, and no other file imports it.`)
}
process.exit(unused.length > 0 ? 1 : 0)

function use(from, path, names) {
  if (!path.startsWith('.')) return
  const target = relative(root, join(root, dirname(from), path.split('?')[0]))
  const known = imported.get(target) ?? new Set()
  imported.set(target, known)
  for (const name of names) known.add(name)
}

function visit(node, source) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    if (node.moduleSpecifier) use(source.fileName, node.moduleSpecifier.text, namesOf(node))
  } else if (ts.isImportTypeNode(node)) {
    const { qualifier } = node
    use(source.fileName, node.argument.literal.text, [qualifier ? qualifier.getText().split('.')[0] : '*'])
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    if (ts.isStringLiteral(node.arguments[0])) use(source.fileName, node.arguments[0].text, namesTaken(node))
  }
  ts.forEachChild(node, (child) => visit(child, source))
}

function namesOf(node) {
  if (ts.isExportDeclaration(node))
    return node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements.map(original) : ['*']
  const { importClause } = node
  if (!importClause) return []
  const { namedBindings } = importClause
  return [
    ...(importClause.name ? ['default'] : []),
    ...(!namedBindings ? [] : ts.isNamespaceImport(namedBindings) ? ['*'] : namedBindings.elements.map(original)),
  ]
}
function original({ name, propertyName }) {
  return (propertyName ?? name).text
}

/** What is taken of a part that is loaded later: by `const { a } = await import(…)`, `.then(({ a }) => …)` or `.then((file) => file.a)`. */
function namesTaken(call) {
  let node = call
  const isCaught = ({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch'
  while (ts.isAwaitExpression(node.parent) || ts.isParenthesizedExpression(node.parent) || isCaught(node))
    node = isCaught(node) ? node.parent.parent : node.parent
  const { parent } = node
  const ofPattern = (pattern) => (ts.isObjectBindingPattern(pattern) ? pattern.elements.map(original) : ['*'])
  if (ts.isVariableDeclaration(parent)) return ofPattern(parent.name)
  if (ts.isPropertyAccessExpression(parent) && parent.name.text !== 'then') return [parent.name.text]
  const [then] = ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) ? parent.parent.arguments : []
  if (then && ts.isArrowFunction(then) && then.parameters.length === 1) {
    const [{ name }] = then.parameters
    if (!ts.isIdentifier(name)) return ofPattern(name)
    const taken = []
    const look = (inside) => {
      if (ts.isPropertyAccessExpression(inside) && inside.expression.getText() === name.text) taken.push(inside.name.text)
      ts.forEachChild(inside, look)
    }
    look(then.body)
    return taken
  }
  return ['*']
}

/** Names of the functions and values that a statement exports. */
function exportsOf(statement) {
  if (
    ts.isExportDeclaration(statement) &&
    !statement.isTypeOnly &&
    statement.exportClause &&
    ts.isNamedExports(statement.exportClause)
  )
    return statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name)
  if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    return []
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return []
  if (!ts.isVariableStatement(statement)) return [statement.name]
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [name] : name.elements.map((element) => element.name),
  )
}
