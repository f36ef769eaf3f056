import { copyFile } from 'node:fs/promises'
import { defineConfig } from 'vite'

/** The command line and its workers for Node; dependencies stay in node_modules. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/cli',
    target: 'node20',
    emptyOutDir: true,
    rollupOptions: {
      input: { texel: 'cli/texel.ts', 'compute.worker': 'workers/compute.worker.node.ts', 'reader.worker': 'workers/reader.worker.node.ts' },
      // Workers and kernels are found beside the bundle, so everything stands in one folder.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  plugins: [
    {
      name: 'copy-kernels',
      writeBundle: () => copyFile('build/kernels/kernels.wasm', 'dist/cli/kernels.wasm'),
    },
  ],
})
