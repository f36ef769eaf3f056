import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { itkCodec } from '../itkCodec.node.ts'
import { readImageFile } from '../readImageFile.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'

const imageBytes = (name: string): Bytes =>
  new Uint8Array(readFileSync(new URL(`../../../reference/images/${name}`, import.meta.url)))

function replaced(name: string, ...changes: readonly (readonly [RegExp, string])[]): Bytes {
  let text = new TextDecoder('latin1').decode(imageBytes(name))
  for (const [from, to] of changes) {
    expect(text).toMatch(from)
    text = text.replace(from, to)
  }
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

const read = (name: string, ...changes: (readonly [RegExp, string])[]) =>
  readImageFile(itkCodec, fileFromBytes(name, replaced(name, ...changes)))

describe('what an NRRD or MetaImage header leaves in doubt is said', () => {
  const rows: [string, string, (readonly [RegExp, string])[], RegExp][] = [
    ['NRRD without a space', 'int16.nrrd', [[/^space: .*$/m, 'space dimension: 3']], /gives no space: left, front and top are unknown/],
    ['NRRD in a space of a scanner', 'int16.nrrd', [[/^space: .*$/m, 'space: scanner-xyz']], /the space "scanner-xyz": left, front and top are unknown/],
    ['NRRD of spacings alone', 'int16.nrrd', [[/^space: .*\n/m, ''], [/^space directions: .*$/m, 'spacings: 0.7 0.8 2.1'], [/^space origin: .*\n/m, '']], /gives no space/],
    ['MetaImage whose letters contradict its matrix', 'int16.mha', [[/^AnatomicalOrientation.*$/m, 'AnatomicalOrientation = LPI']], /AnatomicalOrientation is LPI, its TransformMatrix is RAI/],
    ['MetaImage with letters and no matrix', 'int16.mha', [[/^TransformMatrix.*\n/m, ''], [/^AnatomicalOrientation.*$/m, 'AnatomicalOrientation = RPI']], /AnatomicalOrientation is RPI, its axes without a TransformMatrix are RAI/],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, name, changes, warning) => {
    const { volumes, warnings } = await read(name, ...changes)
    volumes[0].spacingMm.forEach((mm, axis) => expect(mm).toBeCloseTo([0.7, 0.8, 2.1][axis], 6))
    expect(warnings.join(' ')).toMatch(warning)
  })

  it.each(['int16.nrrd', 'oblique.nrrd', 'int16.mha', 'oblique.mha', 'sagittal.mha', 'left_handed.mha'])('%s gives no warning', async (name) => {
    expect((await read(name)).warnings).toEqual([])
  }) // prettier-ignore
})

describe('what would be read wrong is refused', () => {
  const rows: [string, string, (readonly [RegExp, string])[], RegExp][] = [
    ['NRRD packed with bzip2', 'int16.nrrd', [[/^encoding: .*$/m, 'encoding: bzip2']], /packed with bzip2; raw and gzip can be read/],
    ['NRRD of an unknown encoding', 'int16.nrrd', [[/^encoding: .*$/m, 'encoding: zstd']], /an encoding that is not known, "zstd"/],
    ['NRRD in centimetres', 'int16.nrrd', [[/^encoding: /m, 'space units: "cm" "cm" "cm"\nencoding: ']], /lengths in "cm"; millimetres/],
    ['NRRD with axes a little sheared', 'int16.nrrd', [[/^space directions: .*$/m, 'space directions: (0.7,0.05,0) (0,0.8,0) (0,0,2.1)']], /does not have three perpendicular axes/],
    ['MetaImage with axes a little sheared', 'int16.mha', [[/^TransformMatrix.*$/m, 'TransformMatrix = 1 0.05 0 0 1 0 0 0 1']], /does not have three perpendicular axes/],
    ['MetaImage with axes longer than 1', 'int16.mha', [[/^TransformMatrix.*$/m, 'TransformMatrix = 2 0 0 0 0.5 0 0 0 1']], /does not have three perpendicular axes/],
    ['MetaImage in micrometres', 'int16.mha', [[/^ElementSpacing/m, 'DistanceUnits = um\nElementSpacing']], /lengths in "um"; millimetres/],
    ['MetaImage that wants its values scaled', 'int16.mha', [[/^ElementSpacing/m, 'ElementToIntensityFunctionSlope = 2\nElementSpacing']], /wants the values scaled \(ElementToIntensityFunctionSlope 2/],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, name, changes, message) => {
    await expect(read(name, ...changes)).rejects.toThrow(message)
  })

  it('an Analyze header is named', async () => {
    const bytes = imageBytes('int16.nii')
    bytes.fill(0, 344, 348)
    await expect(readImageFile(itkCodec, fileFromBytes('a.hdr', bytes))).rejects.toThrow('the content is an Analyze 7.5 header')
  })
})
