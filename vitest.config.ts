import { defineConfig } from 'vitest/config'

/** @param globalSetup builds what the tests run: none can run what was built from other sources */
const nodeProject = (name: string, include: string[], globalSetup: string[]) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: 'src/messages/madeMatchers.ts',
    globalSetup,
    deps: { interopDefault: false },
  },
})

export default defineConfig({
  test: {
    // By default one core is left idle, half of a small machine.
    maxWorkers: '100%',
    projects: [
      nodeProject('core', ['src/core/**/*.test.ts'], ['scripts/freshKernels.ts']),
      nodeProject('io', ['src/io/**/*.test.ts'], ['scripts/freshKernels.ts']),
      nodeProject('messages', ['src/messages/**/*.test.ts'], []),
      nodeProject('scripts', ['scripts/**/*.test.mjs'], []),
      nodeProject('program', ['cli/**/*.test.ts', 'workers/**/*.test.ts'], ['scripts/freshKernels.ts', 'cli/testProgram.ts']),
      {
        test: {
          name: 'screen',
          include: ['src/{state,ui,viewer,storage,charts}/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: 'src/messages/madeMatchers.ts',
        },
      },
    ],
  },
})
