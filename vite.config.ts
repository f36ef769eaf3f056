import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { stampAppSources } from './scripts/appSources.ts'
import { compressBuild } from './scripts/viteCompress.ts'
import { createFirstScreen } from './scripts/viteFirstScreen.ts'
import { checkMantineStyles } from './scripts/viteMantineStyles.ts'
import { buildServiceWorker } from './scripts/viteServiceWorker.ts'
import { servePipelines } from './scripts/vitePipelines.ts'
import policy from './scripts/contentSecurityPolicy.json' with { type: 'json' }
import { version } from './package.json' with { type: 'json' }

/** The page carries its policy, so that it holds wherever the files are served from. */
function contentSecurityPolicy(): Plugin {
  const content = Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  }
}

/** Lengths of the page's style grow with its text, which grows on very large screens; hair lines stay. */
const lengthsInRem = {
  postcssPlugin: 'lengths-in-rem',
  Declaration(declaration: { value: string }) {
    const inRem = declaration.value.replace(/(?<![\w.#-])(\d*\.?\d+)px\b/g, (written, px: string) =>
      Number(px) > 2 ? `${Number(px) / 16}rem` : written,
    )
    if (inRem !== declaration.value) declaration.value = inRem
  },
}

const firstScreen = createFirstScreen(['/src/page.tsx'])

export default defineConfig({
  base: './',
  css: { postcss: { plugins: [lengthsInRem] } },
  plugins: [
    react(),
    firstScreen.plugin,
    servePipelines(),
    contentSecurityPolicy(),
    checkMantineStyles(),
    compressBuild(),
    buildServiceWorker(),
    stampAppSources(),
  ],
  define: { __TEXEL_VERSION__: JSON.stringify(version) },
  resolve: {
    alias: {
      // cornerstone3D's dependencies ask for the modules of Node of these names.
      events: 'events/',
      url: 'url/',
      '@stdlib/assert-has-generator-support': fileURLToPath(new URL('scripts/hasGeneratorSupport.cjs', import.meta.url)),
    },
  },
  // What a worker loads once it has begun is told from the page's parts by its name.
  worker: { format: 'es', rolldownOptions: { output: { chunkFileNames: 'assets/[name].worker-[hash].js' } } },
  optimizeDeps: { exclude: ['@itk-wasm/dicom', '@itk-wasm/image-io', 'itk-wasm'] },
  build: {
    // It only passes on what others make: who takes one thing from it loads no more than that.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /\/src\/viewer\/index\.ts$/, sideEffects: false }] },
      output: { codeSplitting: { groups: [firstScreen.group] } },
    },
    outDir: 'dist/app',
    target: 'es2023',
    // Data URLs of fonts would need a looser policy.
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 6000,
  },
})
