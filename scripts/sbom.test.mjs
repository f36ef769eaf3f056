import { execSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('npm run sbom lists all that the program is made of, with versions and hashes; tools that only build and test it are marked', () => {
  const bill = JSON.parse(execSync('npm run --silent sbom', { encoding: 'utf8', maxBuffer: 1e8 }))
  const { dependencies, version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  expect(bill.bomFormat).toBe('CycloneDX')
  expect(bill.metadata.component).toMatchObject({ 'bom-ref': `texel@${version}`, type: 'application' })
  const listed = new Map(bill.components.map((component) => [component['bom-ref'], component]))
  for (const name of Object.keys(dependencies)) {
    const locked = packages[`node_modules/${name}`]
    const component = listed.get(`${name}@${locked.version}`)
    const [{ alg, content }] = component.hashes
    expect(`${alg} ${Buffer.from(content, 'hex').toString('base64')}`, name).toBe(
      `SHA-512 ${locked.integrity.slice('sha512-'.length)}`,
    )
  }
  const marked = (name) =>
    listed.get(`${name}@${packages[`node_modules/${name}`].version}`).properties.some((property) => property.name === 'cdx:npm:package:development') // prettier-ignore
  for (const name of Object.keys(dependencies)) expect(marked(name), name).toBe(false)
  for (const name of ['vite', 'vitest', 'eslint']) expect(marked(name), name).toBe(true)
})
