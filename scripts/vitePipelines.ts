import { createReadStream } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** The WASM modules of itk-wasm that the readers use, by package. */
const pipelines = {
  'image-io': ['nifti-read-image', 'nifti-write-image', 'nrrd-read-image', 'nrrd-write-image', 'meta-read-image'],
  dicom: ['read-image-dicom-file-series'],
  'morphological-contour-interpolation': ['morphological-contour-interpolation'],
  elastix: ['elastix'],
}

const files = Object.entries(pipelines).flatMap(([name, modules]) =>
  modules.flatMap((module) =>
    ['.js', '.wasm.zst'].map((ending) => ({
      url: `itk/${name}/${module}${ending}`,
      path: join(folderOf(name), module + ending),
    })),
  ),
)

/** Gives the page its own copy of the itk-wasm modules under itk/, in the build and while developing: by default itk-wasm asks another host. */
export function servePipelines(): Plugin {
  let outDir = ''
  return {
    name: 'itk-pipelines',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const file = files.find(({ url }) => request.url?.split('?')[0].endsWith(`/${url}`))
        if (!file) return next()
        response.setHeader('Content-Type', extname(file.path) === '.js' ? 'text/javascript' : 'application/octet-stream')
        createReadStream(file.path).pipe(response)
      })
    },
    async writeBundle() {
      for (const { url, path } of files) {
        await mkdir(dirname(join(outDir, url)), { recursive: true })
        await copyFile(path, join(outDir, url))
      }
    },
  }
}

function folderOf(name: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`@itk-wasm/${name}`)), 'pipelines')
}
