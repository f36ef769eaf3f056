import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
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

export default defineConfig({
  base: './',
  plugins: [react(), servePipelines(), contentSecurityPolicy()],
  define: { __TEXEL_VERSION__: JSON.stringify(version) },
  // cornerstone3D's dependencies ask for the modules of Node of these names.
  resolve: { alias: { events: 'events/', url: 'url/' } },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@itk-wasm/dicom', '@itk-wasm/image-io', 'itk-wasm'] },
  // Data URLs of fonts would need a looser policy.
  build: { outDir: 'dist/app', target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 6000 },
})
