import { defineConfig } from 'vitest/config'

/** What needs more than Node: SLURM, for which it must be root, and Snakemake. Run by .ci/run, which installs them. */
export default defineConfig({
  test: {
    include: ['workflows/**/*.test.ts'],
    environment: 'node',
    testTimeout: 300_000,
    hookTimeout: 120_000,
    globalSetup: ['scripts/freshKernels.ts', 'cli/testProgram.ts'],
  },
})
