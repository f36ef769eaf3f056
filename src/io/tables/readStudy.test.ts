import { expect, test } from 'vitest'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { say } from '../../messages/say.ts'
import { readTable } from './madeTable.ts'
import { readStudy } from './readStudy.ts'

const clinical = readTable('id,outcome,cohort\nA,0,training\nB,1,training\n', 'C.csv')
const protocol = protocolSchema.parse({ outcome: { column: 'outcome' }, cohort: { column: 'cohort' }, harmonise: { method: 'none' } }) // prettier-ignore
const notesOf = (columns: string) =>
  readStudy(readTable(`id,${columns}\nA,1,2\nB,2,1\n`, 'F.csv'), clinical, protocol).notes.map((note) => say(note))

test('a study of features by two definitions is told so', () => {
  const both = notesOf('original_glcm_JointEntropy,ibsi_cm_joint_entr_3D_comb_TU9B')
  expect(both).toContainEqual(
    expect.stringMatching(/^WARNING: F\.csv holds features by two definitions: 1 by PyRadiomics.*1 by the IBSI/),
  )
  expect(notesOf('original_glcm_JointEntropy,original_glcm_Idm').join()).not.toContain('two definitions')
  expect(notesOf('ibsi_cm_joint_entr_3D_comb_TU9B,ibsi-mean-5-3D-mirror_stat_mean_Q4LE').join()).not.toContain('two definitions') // prettier-ignore
})
