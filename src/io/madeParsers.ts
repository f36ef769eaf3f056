import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { describeLearnt } from '../core/apply/describeModel.ts'
import { defaultLassoOptions, fitLasso } from '../core/learn/lasso.ts'
import { fitSvm } from '../core/learn/svm.ts'
import { applyModel, type Model } from '../core/learn/model.ts'
import { defaultMlForestOptions, fitMlForest } from '../core/learn/mlRandomForest.ts'
import { DataError } from '../core/messages/message.ts'
import { createRandom } from '../core/numeric/random.ts'
import { defaultProtocol } from '../core/protocol/protocol.ts'
import { makeFeatureTable } from '../core/table/featureTable.ts'
import { fitImputation } from '../core/table/imputation.ts'
import { takeTraining } from '../core/table/trainingTable.ts'
import { describeStructures, readStructures } from './dicom/readStructures.ts'
import { referenceOf } from './dicom/referenceImage.ts'
import { readSegmentation } from './dicom/readSegmentation.ts'
import { listImages } from './importing/listImages.ts'
import { editedBytes, editedEntries, editedJson, editedText } from './madeEdits.ts'
import { openZip } from './openZip.ts'
import { parseParameters } from './records/anyParameterFile.ts'
import { formatModelFile } from './records/formatModelFile.ts'
import { hashModel } from './records/hashModel.ts'
import { parseModelFile } from './records/modelFile.ts'
import { formatProtocolFile, parseProtocolFile } from './records/protocolFile.ts'
import { formatRecord, parseRecord } from './records/recordFile.ts'
import { parseRunRecord } from './records/runRecord.ts'
import { fileFromBytes, type Bytes, type SourceFile } from './sourceFile.ts'
import { readTravellingAnalysis } from './studyFile/analysisFiles.ts'
import { readClinicalAnswers, readTravellingClinical } from './studyFile/clinicalFiles.ts'
import { madeAnalysis, madeStudy, writeMade } from './studyFile/madeStudyFile.ts'
import { checkStudyFile, openStudyFile } from './studyFile/openStudyFile.ts'
import { readAnswers, readRules } from './studyFile/readProposal.ts'
import { readRawTable } from './tables/roles/rawTable.ts'
import { tableOfRows, readFeatureTable } from './tables/tableFile.ts'

/*
 * Test support: every parser that is ours, with what is fed to it. Parquet is not among them: hyparquet 1.33 never ends on a page whose
 * levels have a run of no length, and nothing outside of it can tell such a page.
 */

export interface FedParser {
  readonly name: string
  /** How many of the inputs it gets beside others: those that unpack and hash get fewer. */
  readonly share: number
  readonly inputs: fc.Arbitrary<Bytes>
  /** Reads as the program does. @returns what was read */
  read(bytes: Bytes): unknown
}

const reference = (path: string): Bytes =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../reference/${path}`, import.meta.url))))
const encode = (text: string): Bytes => new TextEncoder().encode(text)
const decode = (bytes: Bytes): string => new TextDecoder().decode(bytes)
const asBytes = (texts: fc.Arbitrary<string>): fc.Arbitrary<Bytes> => texts.map(encode)
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(fileURLToPath(new URL(`../../reference/${folder}`, import.meta.url)))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)

const csv = [
  'id,cohort,HER2,T1WI_original_glcm_Idm,age\nA-0001,training,1,0.25,44\nA-0002,validation,0,-1e-3,51\nA-0003,training,,NaN,\n',
  '\ufeff姓名;"x ""y""";z\r\n"Mü;ller";1,5;2\r\nb;;3\r\n',
  'a\tb\n1\t2\n3\t4\n',
]

/** Of a study of 40 patients, one of each kind that is written differently. */
function madeModels(): string[] {
  const random = createRandom(8)
  const ids = Array.from({ length: 40 }, (_, i) => `patient${i}`)
  const values = Float64Array.from({ length: 80 }, () => random.uniform())
  const outcome = ids.map((_, i) => Number(values[i] + values[40 + i] > 1))
  const training = takeTraining(makeFeatureTable(ids, ['T1WI_original_glcm_Idm', 'age'], values), outcome, { training: ids, validation: [] }) // prettier-ignore
  const models: Model[] = [
    fitLasso(training, { ...defaultLassoOptions, folds: 3 }),
    fitSvm(training),
    fitMlForest(training, { ...defaultMlForestOptions, trees: 2 }),
  ]
  return models.map((model) =>
    formatModelFile(
      {
        ...{ texel: '1.2.3', name: 'M', outcome: { column: 'HER2', positive: 'yes' }, warnings: [], clinical: [], model },
        ...{ source: { kind: 'table' }, harmonisation: null, evaluation: [], seeds: { study: 1 } },
        imputation: fitImputation(training, { method: 'median' }),
        ...describeLearnt(model, training, defaultProtocol.evaluate),
      },
      ({ code }) => code,
      { withIds: true },
    ),
  )
}

/** A model is read to be applied. */
function readModel(bytes: Bytes): unknown {
  const { model } = parseModelFile(decode(bytes), 'm.json')
  return applyModel(model, makeFeatureTable(['a'], model.columns, new Float64Array(model.columns.length)))
}

/** With the check sum that a person who means harm would write too. */
const sealed = (text: string): string => {
  const body = text.slice(0, -1).replace(/,"sha256":"[^"]*"$/, '')
  return `${body},"sha256":"${hashModel(`${body}}`)}"}\n`
}

async function readWholeStudy(bytes: Bytes): Promise<unknown> {
  const file = await openStudyFile(fileFromBytes('s.texel.zip', bytes))
  const lost = [...(await checkStudyFile(file))]
  const clinical = await readTravellingClinical(file, (one) => lost.push(one))
  return { lost, clinical, analysis: await readTravellingAnalysis(file, (one) => lost.push(one)) }
}

/** As they are found in a folder. @throws DataError, the first of those that files were left out for, where nothing else is found */
async function list(files: readonly SourceFile[]): Promise<unknown> {
  const listing = await listImages(files.map((file) => ({ file, inFolder: true })))
  if (listing.images.length + listing.masks.length === 0 && listing.leftOut.length > 0)
    throw new DataError(listing.leftOut[0].reason)
  return listing
}
const listOne = (path: string) => (bytes: Bytes) => list([fileFromBytes(path, bytes)])
const asSlices = (series: readonly Uint8Array[]) => series.map((slice, i) => fileFromBytes(`s/${i}.dcm`, slice as Bytes))

/** Slices of DICOM series, as they lie in the zips of `reference/dicom`. */
const slices = ['oblique', 'enhanced', 'pet', 'diffusion', 'mr_slope', 'syntax_implicit', 'syntax_deflated', 'syntax_big_endian'].flatMap(
  (name) => Object.values(unzipSync(reference(`dicom/${name}.zip`))).slice(0, 1),
) // prettier-ignore
const dicomWords = ['999999999', '1\\2\\3', '-1', '1.2.840.10008.1.2.1.99', 'FD', 'SQ', 'UN', '\xff\xff\xff\xff']

export async function madeParsers(): Promise<FedParser[]> {
  const study = await writeMade(await madeStudy(), {}, null, madeAnalysis())
  const models = [...madeModels(), decode(reference('models/version1.json'))]
  const series = Object.values(unzipSync(reference('dicom/oblique.zip')))
  const { images: drawnOn } = await listImages(asSlices(series).map((file) => ({ file, inFolder: true })))
  const references = drawnOn.flatMap(({ volume }) => referenceOf(volume) ?? [])
  const record = formatRecord('a'.repeat(64), { stage: 's', version: 1, value: { p: [1, NaN, -0, '#x'], kept: ['x'] } })
  const run = JSON.stringify({
    ...{ format: 'texel run', version: 1, texel: '1', command: 'analyse', startedAt: 'x', endedAt: 'y', inputs: [], protocol: {} },
    ...{ protocolSha256: 'a'.repeat(64), seeds: { study: 1 }, workers: 2, looks: [], files: [{ name: 'a', sha256: 'b'.repeat(64) }] },
  }) // prettier-ignore
  const yaml = filesOf('parameter-files/valid', '.yaml').map((path) => decode(reference(path)))
  const protocol = [formatProtocolFile(), 'outcome: { column: HER2, positive: "1" }\n', '{"seed": 3}']
  // One of them is formatted down to its last row, which takes a second each time.
  const workbooks = filesOf('workbooks', '.xlsx').filter((path) => !path.includes('formatted')).map(reference) // prettier-ignore
  const images = (ending: string) => filesOf('images', ending).map(reference)

  return [
    { name: 'CSV', share: 4, inputs: asBytes(editedText(csv)), read: (bytes) => readTable(bytes) },
    { name: 'CSV, other bytes', share: 2, inputs: editedBytes(csv.map(encode)), read: (bytes) => readTable(bytes) },
    { name: 'XLSX', share: 1, inputs: editedBytes(workbooks), read: (bytes) => readRawTable(bytes, 't.xlsx') }, // prettier-ignore
    { name: 'XLSX, its sheets', share: 1, inputs: editedEntries(workbooks, /xml$/), read: (bytes) => readRawTable(bytes, 't.xlsx') }, // prettier-ignore
    { name: 'parameters', share: 4, inputs: asBytes(editedText(yaml)), read: (bytes) => parseParameters(decode(bytes)) },
    { name: 'protocol', share: 2, inputs: asBytes(editedText(protocol)), read: (bytes) => parseProtocolFile(decode(bytes), 'p.yaml') }, // prettier-ignore
    { name: 'model', share: 2, inputs: asBytes(editedText(models)), read: readModel },
    { name: 'model, sealed again', share: 4, inputs: asBytes(editedJson(models).map((text) => (text.includes('"version":2') ? sealed(`${text}\n`) : text))), read: readModel }, // prettier-ignore
    { name: 'record of a stage', share: 2, inputs: asBytes(fc.oneof(editedText([record]), editedJson([record]))), read: (bytes) => parseRecord(decode(bytes), 'r.json') }, // prettier-ignore
    { name: 'record of a run', share: 2, inputs: asBytes(fc.oneof(editedText([run]), editedJson([run]))), read: (bytes) => parseRunRecord(decode(bytes), 'run.json') }, // prettier-ignore
    { name: 'study file', share: 1, inputs: editedBytes([study]), read: readWholeStudy },
    { name: 'study file, its entries', share: 1, inputs: editedEntries([study], /json|csv|yaml|gz$/), read: readWholeStudy }, // prettier-ignore
    { name: 'answers to a proposal', share: 1, inputs: asBytes(editedJson(['[{"id":"a","kind":"dce","subjects":["s"],"options":[{"id":"o","groups":[["s"]]}],"proposed":"o","chosen":"o"}]'])), read: (bytes) => readAnswers(decode(bytes)) }, // prettier-ignore
    { name: 'rules of a study', share: 1, inputs: asBytes(editedJson(['[{"when":[{"field":"EchoTime","between":[60,90]}],"role":"T2","by":"1","at":3}]'])), read: (bytes) => readRules(decode(bytes)) }, // prettier-ignore
    { name: 'clinical answers', share: 1, inputs: asBytes(editedJson(['[{"id":"a","chosen":"b"}]'])), read: (bytes) => readClinicalAnswers(decode(bytes)) }, // prettier-ignore
    { name: 'NIfTI', share: 4, inputs: editedBytes(images('.nii'), [], 352), read: listOne('a.nii') },
    { name: 'NIfTI, gzipped', share: 2, inputs: editedBytes(images('.nii.gz')), read: listOne('a.nii.gz') },
    { name: 'NRRD', share: 4, inputs: editedBytes([...images('.nrrd'), ...images('.nhdr')]), read: listOne('a.nrrd') },
    { name: 'MetaImage', share: 4, inputs: editedBytes([...images('.mha'), ...images('.mhd')]), read: listOne('a.mha') },
    { name: 'DICOM', share: 4, inputs: editedBytes(slices, dicomWords, 4096), read: listOne('a.dcm') },
    { name: 'DICOM series', share: 2, inputs: editedBytes(series.slice(0, 1), dicomWords, 4096), read: (bytes) => list(asSlices([bytes, ...series.slice(1)])) }, // prettier-ignore
    { name: 'DICOM segmentation', share: 2, inputs: editedBytes(filesOf('dicom/masks', '.dcm').filter((path) => /seg|oblique/.test(path)).map(reference), dicomWords, 8192), read: (bytes) => readSegmentation(fileFromBytes('seg.dcm', bytes)) }, // prettier-ignore
    { name: 'DICOM structures', share: 2, inputs: editedBytes(filesOf('dicom/masks', '.dcm').filter((path) => /rtstruct/.test(path)).map(reference), dicomWords, 8192), read: async (bytes) => [await describeStructures(fileFromBytes('rt.dcm', bytes)), await readStructures(fileFromBytes('rt.dcm', bytes), references)] }, // prettier-ignore
    { name: 'zip of images', share: 2, inputs: editedBytes([reference('dicom/oblique.zip')]), read: async (bytes) => list(await openZip(fileFromBytes('a.zip', bytes))) }, // prettier-ignore
  ]
}

async function readTable(bytes: Bytes): Promise<unknown> {
  const { header, rows } = await readRawTable(bytes, 't.csv')
  const table = tableOfRows([header, ...rows], 't.csv')
  return readFeatureTable(table, ['cohort'])
}
