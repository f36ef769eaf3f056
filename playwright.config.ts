import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, defineConfig } from '@playwright/test'

const port = Number(process.env.TEXEL_TEST_PORT ?? 4783)

/** The browser to test in: the one named in TEXEL_BROWSER, one installed on this system, or Playwright's own. */
function findBrowser(): string {
  const named = process.env.TEXEL_BROWSER
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`TEXEL_BROWSER names ${named}, which does not exist.`)
    return named
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  )
  const found = [...onPath, chromium.executablePath(), '/usr/bin/chromium'].find((path) => existsSync(path))
  if (found === undefined) {
    throw new Error(
      'No browser to test in: install Google Chrome or Chromium, run `npx playwright install chromium`, or name one in TEXEL_BROWSER.',
    )
  }
  return found
}

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: fileURLToPath(new URL('e2e/freshBuild.ts', import.meta.url)),
  outputDir: 'test-results/playwright',
  // A test that passes only when it is run again hides a fault of the program or of the test.
  retries: 0,
  // A page waits for itself half of the time: two at once keep a small machine busy.
  workers: 2,
  timeout: 90_000,
  expect: {
    timeout: 20_000,
    // Drawn by software, pictures are the same but for a line's edge here and there.
    toHaveScreenshot: { maxDiffPixelRatio: 0.004, threshold: 0.06, stylePath: './e2e/looks/hideTexts.css' },
  },
  // The same pictures for every machine: one that is missing fails, and is not made in silence.
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  updateSnapshots: 'none',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    // Each test would take the whole program into a new profile; those of the service worker itself allow it.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findBrowser(),
      // Scroll bars take room, as they do for users on Windows and Linux.
      ignoreDefaultArgs: ['--hide-scrollbars'],
      args: [
        '--no-sandbox',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--ignore-gpu-blocklist',
        // Only the views need graphics: the page around them is put together by the processor itself, as where graphics are
        // blocked, not by software that plays a graphics card. Half of the time of a test went into that.
        '--disable-gpu-compositing',
        '--disable-accelerated-2d-canvas',
        // Chromium's own address bar starts a page of its own with every window.
        '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  webServer: {
    command: `node "${fileURLToPath(new URL('scripts/serve.mjs', import.meta.url))}"`,
    env: { PORT: String(port) },
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
})
