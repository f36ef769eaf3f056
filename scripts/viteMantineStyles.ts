import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Mantine's names of classes are the same in its scripts and in its styles. */
const className = /\bm_[0-9a-f]{6,8}\b/g

/** Refuses a build in which a component of Mantine has no style: src/ui/app/mantine.css loads those of the components in use only. */
export function checkMantineStyles(): Plugin {
  return {
    name: 'check-mantine-styles',
    apply: 'build',
    generateBundle(_, bundle) {
      const outputs = Object.values(bundle)
      const scripts = outputs.flatMap((output) => (output.type === 'chunk' ? [output.code] : []))
      const styles = outputs.flatMap((output) =>
        output.type === 'asset' && output.fileName.endsWith('.css') ? [String(output.source)] : [],
      )
      const missing = findMissingStyles(scripts, styles, readMantineStyles())
      if (missing.length > 0) {
        this.error(`src/ui/app/mantine.css lacks the styles of components in use: add ${missing.join(', ')} in Mantine's order.`)
      }
    },
  }
}

/** Names of Mantine's files of styles that have a class which a script uses and no style of the page has. */
export function findMissingStyles(
  scripts: readonly string[],
  styles: readonly string[],
  mantine: ReadonlyMap<string, string>,
): readonly string[] {
  const classesIn = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(className) ?? []))
  const used = classesIn(scripts)
  const there = classesIn(styles)
  return [...mantine]
    .filter(([, text]) => [...classesIn([text])].some((name) => used.has(name) && !there.has(name)))
    .map(([name]) => name)
}

function readMantineStyles(): ReadonlyMap<string, string> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css')), 'styles')
  const names = readdirSync(folder).filter((name) => name.endsWith('.css') && !name.endsWith('.layer.css'))
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
