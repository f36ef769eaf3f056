import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findBoundingBox } from '../src/core/mask/boundingBox.ts'
import { cutMask, type MaskPart } from '../src/core/mask/maskPart.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Study } from '../src/core/study/study.ts'
import { madeContents, madeRegion, madeResult } from '../src/core/study/madeContents.ts'
import type { TravellingRegion } from '../src/core/study/contents.ts'
import { hashMask } from '../src/io/images/hashMask.ts'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { writeStudyFile } from '../src/io/studyFile/writeStudyFile.ts'
import { readPath } from '../workers/readFiles.node.ts'
import { makeNifti } from './madeNifti.ts'
import { builtWorker } from './testProgram.ts'

/* Test support: a study on disk, images in a folder and the study file that was drawn on them. */

const yaml = 'featureClass:\n  firstorder: [Mean, Skewness]\n  glcm: [JointEntropy]\nimageType:\n  Original: {}\n  LoG: {sigma: [2.0]}\nsetting:\n  binWidth: 20\n  resampledPixelSpacing: [1.3, 1.3, 1.3]\n' // prettier-ignore

/** Which regions of whose images are drawn, and how. */
export interface MadeDrawing {
  readonly patient: number
  readonly role: 'FST2WI' | 'T1WI' | 'T1WI+C'
  readonly about?: Partial<Pick<TravellingRegion, 'lesion' | 'reader' | 'progress'>>
  /** Of the box that is drawn, along each axis; 3 by itself. */
  readonly first?: number
}

const size = [14, 12, 9] as const

/** A box with one corner off, so that it is no box. */
function draw(first: number): MaskPart {
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  for (let z = first; z < 7; z++)
    for (let y = first; y < 9; y++)
      for (let x = first; x < 10; x++) if (x + y + z > 3 * first) voxels[x + size[0] * (y + size[1] * z)] = 1
  return cutMask({ size, voxels }, findBoundingBox(voxels, size)!)
}

/**
 * Writes `images/<n>-<role>.nii`, one a drawing's image, and `study.texel.zip`, in which their patients, three at least, are known by them.
 * @returns where each image lies, by `<n>-<role>`
 */
export async function writeMadeStudy(
  folder: string,
  drawings: readonly MadeDrawing[],
  { withImages = false, ...about }: Partial<Study> & { readonly withImages?: boolean } = {},
): Promise<ReadonlyMap<string, string>> {
  const contents = madeContents(Math.max(3, ...drawings.map(({ patient }) => patient)))
  const paths = new Map<string, string>()
  const volumes = new Map<string, Volume>()
  for (const { patient, role } of drawings) {
    const name = `${patient}-${role}`
    if (paths.has(name)) continue
    const path = join(folder, 'images', `${name}.nii`)
    const value = (i: number) => Math.round(120 + 90 * Math.sin(0.7 * i + 13 * patient) * Math.cos(0.11 * i) + role.length)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, makeNifti({ size, spacing: [0.9, 0.8, 2.1], origin: [-31.7, 12.3, 4.9], datatype: 4, value }))
    paths.set(name, path)
    for await (const outcome of readPath(path, { identify: true, script: builtWorker('reader') }))
      if ('volume' in outcome) volumes.set(name, outcome.volume)
  }
  const parts: MaskPart[] = []
  const regions: TravellingRegion[] = []
  for (const { patient, role, about: of, first = 3 } of drawings) {
    const { spacingMm, originMm, direction, source } = volumes.get(`${patient}-${role}`)!
    const part = draw(first)
    const { image, content } = source.identity!
    const voxelCount = part.voxels.reduce((sum, one) => sum + one, 0)
    parts.push(part)
    regions.push(madeRegion(contents.patients[patient - 1].label, `${image}.${content}`, { maskHash: await hashMask(part), size, grid: { spacingMm, originMm, direction }, box: part.box, voxelCount, ...of })) // prettier-ignore
  }
  const images = contents.images.map((image) => {
    const volume = volumes.get(image.id.slice(1))
    if (!volume) return image
    const { spacingMm, originMm, direction, source } = volume
    return { ...image, id: source.identity!.image, content: source.identity!.content, grid: { size, spacingMm, originMm, direction } } // prettier-ignore
  })
  const lesions = [{ id: 'L1' as const }, { id: 'L2' as const }]
  const drawnOn = new Set([...volumes.values()].map(({ source }) => source.identity!.image))
  const whole = {
    ...contents,
    study: { ...contents.study, parameters: { name: 'small', values: parseParameterFile(yaml) }, ...about },
    patients: contents.patients.map((patient) => ({ ...patient, lesions })),
    // Of the others nothing is known but that they were there.
    images: withImages ? images.filter(({ id }) => drawnOn.has(id)) : images,
    regions,
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const bytes = new Response(readable).arrayBuffer()
  await writeStudyFile(
    writable,
    whole,
    { ...(withImages && { readImage: async ({ id }) => [...volumes.values()].find(({ source }) => source.identity!.image === id)! }), clinical: null, analysis: null, readMask: async (region) => parts[regions.findIndex(({ image, reader, lesion }) => image === region.image && reader === region.reader && lesion === region.lesion)], readResult: async () => madeResult(0) }, // prettier-ignore
    { naming: new Set(), confirmed: new Set(), stays: {}, program: 'texel 1.2.3', readme: '', say: ({ code }) => code, now: new Date(0) }, // prettier-ignore
  )
  await writeFile(join(folder, 'study.texel.zip'), new Uint8Array(await bytes))
  await writeFile(join(folder, 'small.yaml'), yaml)
  return paths
}

export const readTextOf = (folder: string, name: string): Promise<string> => readFile(join(folder, name), 'utf8')
