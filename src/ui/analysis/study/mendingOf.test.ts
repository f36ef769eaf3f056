import { expect, test } from 'vitest'
import { tell } from '../../../core/analysis/messages.ts'
import { tell as tellOfHarmonise } from '../../../core/harmonise/messages.ts'
import { tell as tellOfSelect } from '../../../core/select/messages.ts'
import { mendingOf } from './mendingOf.ts'

test('a failure leads to the setting that mends it', () => {
  expect(mendingOf(tellOfHarmonise('one-batch', { batches: ['A'] }), 'harmonise')).toMatchObject({ screen: 'harmonise' })
  expect(mendingOf(tellOfSelect('agreement-few-patients', { least: 10, of: 'training', patients: 3 }), 'agree')).toMatchObject({ screen: 'select', isInColumns: false }) // prettier-ignore
  // Told while harmonising, of the columns.
  expect(mendingOf(tell('features-missing', { features: [] }), 'harmonise')).toMatchObject({ label: 'To the missing values' })
  expect(mendingOf(tell('training-one-class', { training: 'I', positives: 0, negatives: 3 }), 'harmonise')).toMatchObject({ isInColumns: true }) // prettier-ignore
})
