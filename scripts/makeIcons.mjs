// Draws the icons of the installed page from public/texel.svg, in the browser that the browser tests use. Run it when the mark changes.
import { readFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const folder = fileURLToPath(new URL('../public', import.meta.url))
const mark = await readFile(join(folder, 'texel.svg'), 'utf8')
/** The ground goes to the edges, which a system cuts as it likes, and the mark keeps within the circle that is never cut. */
const maskable = mark.replace('viewBox="0 0 32 32"', 'viewBox="-3 -3 38 38"').replace(/<rect[^>]*rx="7"[^>]*>/, '')
const ground = /rx="7" fill="(#[0-9a-f]{6})"/.exec(mark)[1]

const browser = await chromium.launch({ executablePath: process.env.TEXEL_BROWSER, args: ['--no-sandbox'] })
const page = await browser.newPage()
await mkdir(join(folder, 'icons'), { recursive: true })
for (const size of [192, 512])
  for (const [name, svg, colour] of [
    ['texel', mark, 'transparent'],
    ['texel-maskable', maskable, ground],
  ]) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>body{margin:0;background:${colour}}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    )
    await page.screenshot({ path: join(folder, 'icons', `${name}-${size}.png`), omitBackground: true })
  }
await browser.close()
