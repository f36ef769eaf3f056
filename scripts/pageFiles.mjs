import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The files of the built page by their own names, sorted: all but what a server may send in place of another file (.br, .gz) and what Vite
 * notes for itself.
 * @param folder of the built page
 */
export async function listPageFiles(folder) {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/')) // prettier-ignore
  const all = new Set(names)
  const isSentInstead = (name) => /\.(br|gz)$/.test(name) && all.has(name.replace(/\.(br|gz)$/, ''))
  return names.filter((name) => !isSentInstead(name) && !name.startsWith('.vite/')).sort()
}
