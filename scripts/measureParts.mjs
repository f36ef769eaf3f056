/**
 * The files that a browser asks for to show some modules: their chunks, what these import at once, and the styles of all.
 * @param manifest Vite's, by module
 * @param modules keys of the manifest; one that is part of another chunk adds nothing
 */
export function filesOf(manifest, modules) {
  const seen = new Set()
  const files = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const other of chunk.imports ?? []) visit(other)
  }
  for (const key of modules) visit(key)
  return files
}

/**
 * What every part of the page weighs, each without what the part before all others, the first screen, has loaded by then.
 * A part that is loaded later and has no line of its own is held to `anyOther`.
 * @param budget content of budget.json
 * @param builtFiles paths of all built files
 * @param sizeOf bytes of a built file as it is sent
 * @returns `name`, `bytes`, `files` and `limit` in bytes of every part
 * @throws if a line of the budget is about nothing in the build
 */
export function measureParts(budget, manifest, builtFiles, sizeOf) {
  const [first] = budget.parts
  const firstFiles = filesOf(manifest, first.modules)
  const measure = (name, kB, files) => ({
    name,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + sizeOf(file), 0),
    limit: kB * 1000,
  })
  const measureLine = ({ name, kB, modules, files }) => {
    const own = modules ? [...filesOf(manifest, modules)] : builtFiles.filter((file) => new RegExp(files).test(file))
    if (own.length === 0) throw new Error(`budget.json: no file of the build belongs to "${name}". Correct or remove that line.`)
    return measure(name, kB, modules === first.modules ? own : own.filter((file) => !firstFiles.has(file)))
  }
  const named = new Set(budget.parts.flatMap(({ modules }) => modules ?? []))
  const others = Object.entries(manifest).filter(([key, { isDynamicEntry }]) => isDynamicEntry && !named.has(key))
  return [
    ...budget.parts.map(measureLine),
    ...others.map(([key]) =>
      measure(
        key,
        budget.anyOther,
        [...filesOf(manifest, [key])].filter((file) => !firstFiles.has(file)),
      ),
    ),
  ]
}
