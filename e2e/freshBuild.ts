import buildProgram from '../cli/testProgram.ts'
import { checkAppSources } from '../scripts/appSources.ts'
import buildKernels from '../scripts/freshKernels.ts'

/** Before browser tests (Playwright's globalSetup): none of them can run what was built from other sources. */
export default async function freshBuild(): Promise<void> {
  await buildKernels()
  await checkAppSources()
  await buildProgram()
}
