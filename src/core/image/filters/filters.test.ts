import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../../../', import.meta.url))

test('an image type is its filter, a row of the filters, a row of the profile and its words; only its kernel comes on top', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .filter((file) => /squareroot|rootScaled/i.test(readFileSync(join(source, file), 'utf8')))
  expect(files.filter((file) => !file.startsWith(join('core', 'kernels'))).sort()).toEqual(
    [
      'core/image/filters/filters.ts',
      'core/image/filters/pointwise.ts',
      'core/parameters/profiles/pyradiomics/imageTypes.ts',
      'messages/en/settings.ts',
      'messages/zh/settings.ts',
    ].map((file) => join(file)),
  )
})
