// Makes dist/texel-cli: the command line in one folder that runs by `node texel.js` wherever it is copied, and is an npm package.
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** ITK's modules that the command line reads and writes with, by package; see src/io/images/itkCodec.node.ts. */
const pipelines = {
  'image-io': ['nifti-read-image', 'nifti-write-image', 'nrrd-read-image', 'nrrd-write-image', 'meta-read-image'],
  dicom: ['read-image-dicom-file-series'],
}

const readme = (version, engines) => `Texel ${version}, the command line. Needs Node ${engines} and nothing else.

  node texel.js --help

To call it by its name: npm install --global ./texel-cli (this folder, or the .tgz that npm pack makes of it).
The features of a list of cases:

  node texel.js extract --cases cases.csv --output features.csv
`

/**
 * @param folder what was there of an earlier build goes
 * @throws where the kernels are not built
 */
export async function packCli(folder) {
  await build({
    root,
    configFile: join(root, 'vite.cli.config.ts'),
    mode: 'pack',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  await mkdir(join(folder, 'pipelines'))
  for (const [name, modules] of Object.entries(pipelines)) {
    const from = join(dirname(createRequire(import.meta.url).resolve(`@itk-wasm/${name}`)), 'pipelines')
    for (const file of modules.flatMap((module) => [`${module}.js`, `${module}.wasm.zst`]))
      await copyFile(join(from, file), join(folder, 'pipelines', file))
  }
  for (const name of ['slurm', 'snakemake'])
    await cp(join(root, 'workflows', name), join(folder, 'workflows', name), { recursive: true })
  for (const name of ['LICENSE', 'THIRD_PARTY.md']) await copyFile(join(root, name), join(folder, name))
  const { name, version, license, type, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const description = 'Radiomics on the command line: features, selection, models and their evaluation.'
  const own = { name, version, description, license, type, engines, bin: { texel: 'texel.js' } }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`)
  await writeFile(join(folder, 'README.txt'), readme(version, engines.node))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? join(root, 'dist/texel-cli'))
  await packCli(folder)
  console.log(folder)
}
