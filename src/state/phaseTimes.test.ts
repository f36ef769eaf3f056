// @vitest-environment node
import { expect, test } from 'vitest'
import { guessPhaseTimes } from './phaseTimes.ts'

const at = (AcquisitionTime: string) => ({ dicom: { AcquisitionTime } })

test('times come from the files where they rise, and are 60 s apart where not', () => {
  expect(guessPhaseTimes([at('095950.5'), at('100050'), at('100200')])).toEqual({ timesS: [0, 59.5, 129.5], fromFiles: true })
  expect(guessPhaseTimes([at('100050'), at('095950')])).toEqual({ timesS: [0, 60], fromFiles: false })
  expect(guessPhaseTimes([at('100050'), {}, {}])).toEqual({ timesS: [0, 60, 120], fromFiles: false })
})
