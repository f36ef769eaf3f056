import type { Plugin } from 'vite'

/** Files that pass on what many others make: of those the first screen takes some, and which is not known here. */
const passesOn = /\/src\/viewer\/index\.ts$|\/node_modules\/(@mantine|@tabler)\//

/**
 * What the first screen loads, in one file: as what each later part shares with it, it was a hundred small ones, which weigh more and
 * are asked for one by one.
 * @param entries ends of the paths of the modules that begin it
 */
export function createFirstScreen(entries: readonly string[]): {
  readonly plugin: Plugin
  readonly group: { readonly name: string; test(id: string): boolean }
} {
  const first = new Set<string>()
  return {
    plugin: {
      name: 'first-screen',
      apply: 'build',
      buildEnd() {
        const waiting = [...this.getModuleIds()].filter((id) => entries.some((entry) => id.endsWith(entry)))
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          if (first.has(id)) continue
          first.add(id)
          if (passesOn.test(id)) continue
          waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []))
        }
      },
    },
    group: { name: 'first', test: (id) => first.has(id) && !passesOn.test(id) && !id.endsWith('.css') },
  }
}
