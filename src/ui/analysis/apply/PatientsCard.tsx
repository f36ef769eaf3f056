import { Button, NativeSelect, Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { knownBatches } from '../../../core/harmonise/combatRecord.ts'
import type { ModelFile } from '../../../io/records/modelFile.ts'
import { say } from '../../../messages/say.ts'
import { sequencesOf, type MeasurablePatient } from '../../../state/analysis/apply.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'
import { useApplyAct } from './useApply.ts'

/** One patient, measured on her images here as the model asks. */
export function PatientsCard({ content }: { content: ModelFile }) {
  const why = whyNoImages(content)
  return (
    <section className="card applyFacts" aria-label="One patient">
      <h2>One patient</h2>
      {why === null ? <Choice content={content} /> : <p className="dim">{why} A row of a table shows the same of a patient.</p>}
    </section>
  )
}

/** Null where a patient can be measured. */
function whyNoImages({ version, source, clinical, harmonisation, name }: ModelFile): string | null {
  if (version === 1 || source?.kind !== 'images') return `How features are extracted is not in the file of ${name}.`
  if (clinical.length > 0) return `${name} also looks at ${clinical.map(({ column }) => column).join(', ')}: give it a table.`
  const covariates = harmonisation?.record.covariates ?? []
  return covariates.length === 0
    ? null
    : `ComBat also looks at ${covariates.map(({ name }) => name).join(', ')}: give it a table.`
}

const lackWords = { 'no image': 'no image', 'no ROI': 'no ROI', 'not at hand': 'cannot be measured' }

function Choice({ content }: { content: ModelFile }) {
  const { applyStore, screenStore, workListStore, roiStore } = useSession()
  const { patients, measuring } = useStore(applyStore)
  const records = useStore(workListStore, (state) => state.records)
  const kept = useStore(roiStore, (state) => state.kept)
  const act = useApplyAct()
  const [chosen, setChosen] = useState('')
  const [chosenRole, setChosenRole] = useState('')
  const [batch, setBatch] = useState('')
  useEffect(() => act(({ listPatients }) => listPatients()), [act, records, kept])
  const asked = sequencesOf(content)
  const { harmonisation } = content
  const needs = asked.filter((sequence) => sequence !== null)
  if (patients === null) return <p className="dim">The work list is looked at.</p>
  const able = patients.filter(({ roles }) =>
    asked.includes(null) ? roles.length > 0 : needs.every((role) => roles.includes(role)),
  )
  const patient = able.find(({ id }) => id === chosen) ?? able.at(0)
  const role = patient && asked.includes(null) ? (patient.roles.find((one) => one === chosenRole) ?? patient.roles[0]) : null
  return (
    <>
      <p>
        {needs.length > 0 ? (
          <>
            Needs an ROI on <strong>{needs.join(', ')}</strong>.
          </>
        ) : (
          'Needs an ROI on one sequence.'
        )}{' '}
        <span className="dim">Extracted by the parameters in the model’s file, and no others.</span>
      </p>
      {!patient ? (
        <>
          <p className="dim">{tellNobody(patients, needs)}</p>
          <Button size="xs" onClick={() => screenStore.getState().show(patients.length === 0 ? 'images' : 'roi')}>
            {patients.length === 0 ? 'Open images' : 'Draw on ROI'}
          </Button>
        </>
      ) : (
        <>
          <NativeSelect
            size="xs"
            label={`Patient (${formatCount(able.length)} of ${formatCount(patients.length)} can be measured)`}
            data={able.map(({ id }) => id)}
            value={patient.id}
            disabled={measuring !== null}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          {role !== null && (
            <NativeSelect
              size="xs"
              label="Sequence"
              description="The model’s columns name none: take the one that it was learnt on."
              data={[...patient.roles]}
              value={role}
              disabled={measuring !== null}
              onChange={(event) => setChosenRole(event.currentTarget.value)}
            />
          )}
          {harmonisation && (
            <NativeSelect
              size="xs"
              label={`Scanner (${harmonisation.batch.join(' × ')})`}
              data={[
                { value: '', label: 'Choose the scanner' },
                ...knownBatches(harmonisation.record).map((known) => ({ value: `known ${known}`, label: known })),
                { value: 'other', label: 'Another one: as measured, NOT HARMONISED' },
              ]}
              value={batch}
              disabled={measuring !== null}
              onChange={(event) => setBatch(event.currentTarget.value)}
            />
          )}
          {measuring ? (
            <div role="status">
              <p className="dim">{measuring.progress ? say(measuring.progress.step) : `${measuring.id}: reading the images`}</p>
              <Progress
                size="sm"
                my={6}
                value={
                  measuring.progress && measuring.progress.total > 0
                    ? (100 * measuring.progress.done) / measuring.progress.total
                    : 3
                }
                animated={!measuring.progress}
                aria-label="Progress"
              />
              <Button size="xs" onClick={() => act(({ cancel }) => cancel())}>
                Cancel
              </Button>
            </div>
          ) : (
            <Button
              size="xs"
              disabled={harmonisation !== null && batch === ''}
              onClick={() => act(({ measure }) => measure({ id: patient.id, role, batch: batch.startsWith('known ') ? batch.slice('known '.length) : null }))} // prettier-ignore
            >
              Measure and score
            </Button>
          )}
        </>
      )}
    </>
  )
}

function tellNobody(patients: readonly MeasurablePatient[], needs: readonly string[]): string {
  if (patients.length === 0) return 'No patient is in the work list: open images first.'
  const [first] = patients
  const lacks = first.lacks.filter(({ role }) => needs.length === 0 || needs.includes(role))
  const missing = needs.filter((role) => !first.roles.includes(role) && !lacks.some((lack) => lack.role === role))
  const words = [...lacks.map(({ role, why }) => `${role}: ${lackWords[why]}`), ...missing.map((role) => `${role}: no image`)]
  return `None of the ${formatCount(patients.length)} patients of the work list has all of it, such as ${first.id} (${words.join(', ')}).`
}
