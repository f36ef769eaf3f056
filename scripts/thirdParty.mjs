// Writes THIRD_PARTY.md: the licences of what the product is built from, and of the data that comes with it.
// `node scripts/thirdParty.mjs --check` fails if the file is not up to date or a licence is not among those allowed.
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import * as checker from 'license-checker-rseidelsohn'

const allowed = [
  'MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'ISC',
  'MPL-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Zlib',
  'OFL-1.1',
  'Python-2.0',
  'BSL-1.0',
  'CC-BY-4.0',
]
const file = new URL('../THIRD_PARTY.md', import.meta.url)
const root = new URL('..', import.meta.url).pathname

const packages = await promisify(checker.init)({
  start: root,
  production: true,
  excludePrivatePackages: true,
  customFormat: { name: '', version: '', licenses: '', licenseFile: '' },
})
const entries = Object.values(packages).sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
const refused = entries.filter(({ licenses }) => !isAllowed(licenses))
if (refused.length > 0) {
  console.error(
    `Licences that are not allowed here: ${refused.map(({ name, licenses }) => `${name} (${licenses})`).join(', ')}. Replace the package or argue for its licence in scripts/thirdParty.mjs.`,
  )
  process.exit(1)
}

const text = [
  '# Third-party notices',
  '',
  'Texel is MIT-licensed (LICENSE). It is built from the packages below, each under its own licence. This page is written by `npm run licences`.',
  '',
  '## Data',
  '',
  await readNotice('../public/samples/NOTICE.md'),
  '',
  await readNotice('../reference/ibsi/README.md'),
  '',
  '## Compiled into WebAssembly',
  '',
  '@itk-wasm/image-io and @itk-wasm/dicom hold ITK (Apache-2.0) with what it brings: GDCM and DCMTK (BSD-3-Clause), OpenJPEG (BSD-2-Clause), CharLS (BSD-3-Clause), libjpeg-turbo (IJG, BSD-3-Clause), zlib-ng (Zlib), NrrdIO (Zlib), MetaIO (Apache-2.0), niftilib (public domain), Eigen (MPL-2.0).',
  'The kernels of Texel are compiled by AssemblyScript (Apache-2.0); its mathematical functions come from musl (MIT).',
  '',
  '## Packages',
  '',
  '| package | licence |',
  '|---|---|',
  ...entries.map(({ name, version, licenses }) => `| ${name} ${version} | ${licenses} |`),
  '',
  '## Licence texts',
  '',
  ...(await groupByTerms(entries)).flatMap(({ terms, holders }) => [
    ...holders.flatMap(({ names, notices, own }) => [
      `- ${names.join(', ')}${notices && `: ${notices}`}`,
      ...(own ? ['', ...fenced(own)] : []),
    ]),
    '',
    ...fenced(terms),
  ]),
].join('\n')

if (!process.argv.includes('--check')) await writeFile(file, text)
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('THIRD_PARTY.md is not up to date: run `npm run licences` and commit it.')
  process.exit(1)
}

/** SPDX expressions: one of several is enough, of joined ones all are needed. The checker marks a guess with `*`. */
function isAllowed(licence) {
  return String(licence)
    .replace(/[()*]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(/ AND |,/).every((name) => allowed.includes(name.trim())))
}

/**
 * Licences of the same terms, each with the packages, their copyright lines and what else their own text says. Terms are the same where they
 * differ in line breaks, capitals and punctuation only. The checker offers a README where there is no licence file.
 */
async function groupByTerms(all) {
  const groups = new Map()
  for (const { name, licenses, licenseFile } of all) {
    const isLicence = /licen[cs]e|copying|unlicense/i.test(basename(licenseFile ?? ''))
    const licence = isLicence
      ? normalise(await readFile(licenseFile, 'utf8'))
      : `${licenses}, as its package.json says; the package carries no text of it`
    const { terms, notices, own } = splitNotices(licence)
    const key = terms
      .toLowerCase()
      .replaceAll('https:', 'http:')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
    if (!groups.has(key)) groups.set(key, { terms, holders: new Map() })
    const { holders } = groups.get(key)
    const { names } = holders.get(`${notices}\n${own}`) ?? { names: [] }
    holders.set(`${notices}\n${own}`, { names: [...new Set([...names, name])], notices, own })
  }
  return [...groups.values()].map(({ terms, holders }) => ({ terms, holders: [...holders.values()] }))
}

/** A copyright line, not one of the terms that speaks of copyright, nor the pattern of one. */
function isNotice(line) {
  return /^\s*(copyright\b|(\(c\)|©) *\d{4})/i.test(line) && !/copyright (notice|holder|owner|license|and)|\[yyyy\]/i.test(line)
}

/** A line that names no more than the licence. */
function isTitle(line) {
  return /^\W*(the )?(mit|isc|bsd|expat)[^.]{0,40}licen[cs]e[^.]{0,20}$/i.test(line)
}

function isBlank(line) {
  return line.trim() === '' || /^\W*all rights reserved\W*$/i.test(line)
}

/** Copyright lines and what stands behind the end of the terms apart from these. A text with others' notices within its terms stays whole. */
function splitNotices(licence) {
  const [text, behind = ''] = licence.split(/(?<=END OF TERMS AND CONDITIONS)\n/)
  // How to apply the Apache License, at whose end some fill in their name.
  const own = behind
    .replace(/\s*APPENDIX: How to apply.*?(?=^\s*copyright)/ims, '')
    .replace(/^\s*Licensed under the Apache License, Version 2\.0.*?limitations under the License\.?/ims, '')
  const lines = text.split('\n')
  const start = lines.findIndex((line) => !isBlank(line) && !isNotice(line) && !isTitle(line))
  if (start < 0 || lines.slice(start).some(isNotice)) return { terms: licence, notices: '', own: '' }
  const ownLines = own.split('\n').filter((line) => !/\[yyyy\]|\{yyyy\}/.test(line))
  const isOnlyNotices = ownLines.every((line) => isBlank(line) || isNotice(line))
  const notices = [...lines.slice(0, start), ...(isOnlyNotices ? ownLines : [])].filter(
    (line) => line.trim() !== '' && !isTitle(line),
  )
  return {
    terms: lines.slice(start).join('\n').trim(),
    notices: notices.map((line) => line.trim()).join('; '),
    own: isOnlyNotices ? '' : ownLines.join('\n').trim(),
  }
}

function fenced(text) {
  return ['```text', text, '```', '']
}

function normalise(licence) {
  return licence
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replaceAll('```', "'''")
    .trim()
}

/** A notice of the project as a section of this page. */
async function readNotice(path) {
  const notice = await readFile(new URL(path, import.meta.url), 'utf8')
  return notice.replace(/^(#+) /gm, '##$1 ').trim()
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}
