import { defineConfig } from 'vitest/config'

const nodeProject = (name: string, include: string[], more: { globalSetup?: string } = {}) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: 'src/messages/madeMatchers.ts',
    ...more,
  },
})

export default defineConfig({
  test: {
    // By default one core is left idle, half of a small machine.
    maxWorkers: '100%',
    projects: [
      nodeProject('core', ['src/core/**/*.test.ts']),
      nodeProject('io', ['src/io/**/*.test.ts']),
      nodeProject('messages', ['src/messages/**/*.test.ts']),
      nodeProject('workers', ['workers/**/*.test.ts']),
      nodeProject('scripts', ['scripts/**/*.test.mjs']),
      nodeProject('cli', ['cli/**/*.test.ts'], { globalSetup: 'cli/testProgram.ts' }),
      {
        test: {
          name: 'screen',
          include: ['src/{state,ui,viewer,storage}/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: 'src/messages/madeMatchers.ts',
        },
      },
    ],
  },
})
