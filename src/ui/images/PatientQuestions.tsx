import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import type { PatientQuestion } from '../../core/cohort/groupPatients.ts'
import { findPatient, type OpenPatient } from '../../state/patients.ts'
import { useSession } from '../shared/session.ts'

/** Whose images these are, where files do not tell: until somebody says so they stay apart. @param undecided volumes that may be masks */
export function PatientQuestions({ undecided }: { undecided: readonly string[] }) {
  const { patientsStore } = useSession()
  const questions = useStore(patientsStore, (state) => state.questions)
  const isKnown = ({ images }: PatientQuestion) => !images.some((id) => undecided.includes(id))
  return questions.filter(isKnown).map((question) => <Question key={question.key} question={question} />)
}

const shownFiles = 6
const shownPatients = 8

function Question({ question }: { question: PatientQuestion }) {
  const { patientsStore } = useSession()
  const { patients, join, keepApart } = useStore(patientsStore)
  const asked = patients.filter(({ keys }) => question.patients.flat().some((key) => keys.includes(key)))
  const others = question.code === 'untold' ? patients.filter((patient) => !asked.includes(patient) && !patient.isOfStudy) : []
  const isSingle = asked.length === 1
  return (
    <section className="card question" aria-label={titleOf(question, asked)}>
      <h2>{titleOf(question, asked)}</h2>
      <p className="dim">{describe(question, asked)} Until you say so they stay apart: nothing of them is mixed.</p>
      <ul>
        {asked.slice(0, shownFiles).map((patient) => (
          <li key={patient.label}>
            <span className="number dim">{patient.label}</span> {describePatient(patient)}
          </li>
        ))}
        {asked.length > shownFiles && <li className="dim">and {asked.length - shownFiles} more</li>}
      </ul>
      <div className="row">
        {!isSingle && (
          <Button variant="default" onClick={() => join([question.patients.flat()])}>
            {asked.length === 2 ? 'Both are one patient' : 'All are one patient'}
          </Button>
        )}
        {question.byFolder && (
          <Button variant="default" onClick={() => join(question.byFolder!)}>
            Each folder is one patient
          </Button>
        )}
        {others.slice(0, shownPatients).map(({ label, keys }) => (
          <Button key={label} variant="default" onClick={() => join([[...question.patients.flat(), ...keys]])}>
            {isSingle ? `Patient ${label}` : `All are ${label}`}
          </Button>
        ))}
        <Button variant="default" onClick={() => keepApart(question)}>
          {isSingle ? 'Another patient' : asked.length === 2 ? 'Two patients' : 'Each is another patient'}
        </Button>
      </div>
    </section>
  )
}

function titleOf({ code }: PatientQuestion, asked: readonly OpenPatient[]): string {
  if (code === 'untold') return asked.length === 1 ? 'Whose image is this?' : 'Are these images of one patient?'
  return `Are ${listLabels(asked)} one patient?`
}

function describe({ code, images }: PatientQuestion, asked: readonly OpenPatient[]): string {
  const id = findPatient({ patients: asked }, images[0])?.patientId
  switch (code) {
    case 'untold':
      return 'The files do not tell.'
    case 'sameIdOtherPerson':
      return `PatientID ${id} stands in images with different birth dates or sexes.`
    case 'sameIdOtherPlace':
      return `PatientID ${id} stands in images of different hospitals or scanners, which may give the same number to two patients.`
    case 'equalNames':
      return 'Name and birth date are equal, the PatientIDs are not.'
  }
}

function describePatient({ images, patientId }: OpenPatient): string {
  const more = images.length > 1 ? ` and ${images.length - 1} more` : ''
  return `${patientId === '' ? '' : `${patientId}: `}${images[0].name}${more}`
}

function listLabels(patients: readonly OpenPatient[]): string {
  const labels = patients.slice(0, shownFiles).map(({ label }) => label)
  return patients.length > shownFiles
    ? `${labels.join(', ')} and others`
    : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`
}
