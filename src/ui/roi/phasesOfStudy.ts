import { useMemo } from 'react'
import { useStore } from 'zustand'
import { imageIdOf, type Patient } from '../../core/study/study.ts'
import type { FoundVolume } from '../../state/images.ts'
import { useSession } from '../shared/session.ts'

/** The record of the patient whom an image belongs to, if she is of a study. */
export function usePatientOfStudy(imageKey: string | undefined): Patient | undefined {
  const { workListStore } = useSession()
  const records = useStore(workListStore, (state) => state.records)
  return useMemo(() => {
    const id = imageKey === undefined ? undefined : imageIdOf(imageKey)
    const image = records?.images.find((one) => one.id === id)
    return records?.patients.find((patient) => patient.id === image?.patient)
  }, [imageKey, records])
}

/** Phases of her series in the study that are not among these images. */
export const countMissing = (patient: Patient | undefined, images: readonly Pick<FoundVolume, 'id'>[]): number =>
  patient?.dce?.phases.filter(({ image }) => !images.some(({ id }) => imageIdOf(id) === image)).length ?? 0
