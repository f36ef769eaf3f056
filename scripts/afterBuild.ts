import { resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Does something with the folder of the built page, after writeBundle, in which other plugins put files beside the bundle. */
export function afterBuild(name: string, work: (folder: string) => Promise<void>): Plugin {
  let outDir = ''
  return {
    name,
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    async closeBundle(error?: Error) {
      if (!error) await work(outDir)
    },
  }
}
