import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const benches = {
  bench: 'bench/bench.ts',
  benchStatistics: 'bench/statistics.ts',
  benchRoi: 'bench/roi.ts',
  benchBatch: 'bench/batch.ts',
  benchSimulation: 'bench/simulation.ts',
  benchShards: 'bench/shards.ts',
}

/** Hundreds of files of a few lines each: to open them one by one takes a command longer than its work. */
const inManyFiles = [
  /^@stdlib\//,
  /^@noble\//,
  /^@zip\.js\//,
  'cli-progress',
  'comlink',
  'commander',
  'dicom-parser',
  'fflate',
  'papaparse',
  'yaml',
  'zod',
]

/**
 * The command line, the bench and their workers for Node. What is asked for at each start is taken in; other dependencies stay in
 * node_modules, but for `--mode pack`, which takes everything in.
 */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  ssr: {
    noExternal: mode === 'pack' ? true : inManyFiles,
  },
  build: {
    ssr: true,
    outDir: 'dist/cli',
    target: 'node20',
    emptyOutDir: true,
    rollupOptions: {
      input: {
        texel: 'cli/texel.ts',
        ...(mode !== 'pack' && benches),
        'compute.worker': 'workers/compute.worker.node.ts',
        'statistics.worker': 'workers/statistics.worker.node.ts',
        'reader.worker': 'workers/reader.worker.node.ts',
        'simulate.worker': 'workers/simulate.worker.node.ts',
      },
      // Workers and kernels are found beside the bundle, so everything stands in one folder.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  plugins: [
    {
      name: 'copy-kernels',
      writeBundle: ({ dir }) => copyFile('build/kernels/kernels.wasm', join(dir!, 'kernels.wasm')),
    },
  ],
}))
