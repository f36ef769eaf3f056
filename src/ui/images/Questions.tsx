import { useMemo } from 'react'
import { useStore } from 'zustand'
import { findMaskQuestions } from '../../state/maskQuestions.ts'
import { MaskQuestions } from './MaskQuestions.tsx'
import { PatientQuestions } from './PatientQuestions.tsx'
import { useSession } from '../shared/session.ts'

/** What only a person knows of the open volumes. Whose image one is is asked when it is known to be an image. */
export function Questions() {
  const { imagesStore } = useSession()
  const volumes = useStore(imagesStore, (state) => state.volumes)
  const questions = useMemo(() => findMaskQuestions(volumes), [volumes])
  return (
    <>
      <MaskQuestions questions={questions} />
      <PatientQuestions undecided={questions.map(({ found }) => found.id)} />
    </>
  )
}
