import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useStore } from 'zustand'
import type { ApplyChoice, UnseenChoice } from '../../../io/records/checkTable.ts'
import type { ModelFile } from '../../../io/records/modelFile.ts'
import type { CheckedTable } from '../../../../workers/applyApi.ts'
import { listSome } from '../../../messages/listSome.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { TablePicker } from '../TablePicker.tsx'
import { useApplyAct } from './useApply.ts'

/** A table of features before it is scored: what it lacks, and what is to be done with scanners that ComBat has not seen. */
export function TableCard({ content }: { content: ModelFile }) {
  const { applyStore } = useSession()
  const { table, isScoring, shown } = useStore(applyStore)
  const act = useApplyAct()
  if (!table)
    return (
      <section className="dropZone empty" aria-label="Score a table">
        <p className="lead">Drop a table of features: CSV, Excel (.xlsx) or Parquet</p>
        <TablePicker label="Choose a table" isFirst={!shown} onFile={(file) => act(({ openTable }) => openTable(file))} />
        <p className="dim">
          A row a patient, columns named as the model names them; others may be there.
          {content.harmonisation && ` With ${listSome(content.harmonisation.batch)}, by which ComBat harmonises.`}
        </p>
      </section>
    )
  const { file, choice, check } = table
  return (
    <section className="card applyCard" aria-label="The table">
      <header>
        <h2>{file.name}</h2>
        {check && (
          <span className="dim">
            {formatCount(check.patients)} {check.patients === 1 ? 'patient' : 'patients'}
          </span>
        )}
        <span className="grow" />
        <TablePicker label="Another table" onFile={(other) => act(({ openTable }) => openTable(other))} />
        <Button size="xs" onClick={() => act(({ closeTable }) => closeTable())}>
          Close
        </Button>
      </header>
      {check ? (
        <Check content={content} check={check} choice={choice} isScoring={isScoring} />
      ) : (
        <p className="dim" role="status">
          The columns are looked at.
        </p>
      )}
    </section>
  )
}

interface CheckProps {
  readonly content: ModelFile
  readonly check: CheckedTable
  readonly choice: ApplyChoice
  readonly isScoring: boolean
}

function Check({ content, check, choice, isScoring }: CheckProps) {
  const act = useApplyAct()
  const choose = (change: Partial<ApplyChoice>) => act((actions) => actions.choose(change))
  const { harmonisation } = content
  const unknown = (check.batches ?? []).filter(({ isKnown }) => !isKnown)
  const isReady =
    check.missing.length === 0 && check.batchLacking.length === 0 && (unknown.length === 0 || choice.unseen !== 'refuse')
  return (
    <>
      <div className="row applyChoices">
        <NativeSelect
          size="xs"
          label="ID of the patient"
          data={[...check.allColumns]}
          value={check.idColumn}
          onChange={(event) => choose({ idColumn: event.currentTarget.value })}
        />
        {harmonisation && !check.isMarked && !choice.isHarmonised && (
          <NativeSelect
            size="xs"
            label={harmonisation.batch.length > 1 ? `Scanner (${harmonisation.batch.join(' × ')})` : 'Scanner'}
            data={[
              ...(choice.batch.length === 1 && check.columns.includes(choice.batch[0])
                ? []
                : [{ value: '', label: check.batchLacking.length > 0 ? 'Choose its column' : choice.batch.join(' × ') }]),
              ...check.columns,
            ]}
            value={choice.batch.length === 1 && check.columns.includes(choice.batch[0]) ? choice.batch[0] : ''}
            onChange={(event) => event.currentTarget.value !== '' && choose({ batch: [event.currentTarget.value] })}
          />
        )}
        {harmonisation && !check.isMarked && (
          <Checkbox
            size="xs"
            label="The features are harmonised already"
            checked={choice.isHarmonised}
            onChange={(event) => choose({ isHarmonised: event.currentTarget.checked })}
          />
        )}
      </div>
      {check.isMarked && harmonisation && (
        <p className="dim">A column says that ComBat was there: the features are taken as they are.</p>
      )}
      {check.missing.length > 0 ? (
        <Notice kind="error">
          {check.missing.length === 1
            ? 'A column that the model needs is'
            : `${formatCount(check.missing.length)} columns that the model needs are`}{' '}
          not in the table:
          <ul className="applyNames">
            {check.missing.slice(0, mostNames).map(({ column, near }) => (
              <li key={column}>
                {column}
                {near !== null && <span className="dim"> – did you mean {near}?</span>}
              </li>
            ))}
            {check.missing.length > mostNames && (
              <li className="dim">and {formatCount(check.missing.length - mostNames)} more</li>
            )}
          </ul>
          Rename them, or extract them with the parameters that the model learnt from.
        </Notice>
      ) : (
        <p>
          All {formatCount(content.model.columns.length)} columns that the model looks at are there.
          {check.extra.length > 0 && (
            <span className="dim" title={check.extra.slice(0, 40).join('\n')}>
              {' '}
              {formatCount(check.extra.length)} {check.extra.length === 1 ? 'other is' : 'others are'} left alone:{' '}
              {listSome([...check.extra])}.
            </span>
          )}
        </p>
      )}
      {check.batchLacking.length > 0 && (
        <Notice kind="warn">
          {content.name} was learnt from features that ComBat harmonised by {listSome([...check.batchLacking])}, which the table
          does not have: choose the column of the scanner, or say that the features are harmonised already.
        </Notice>
      )}
      {check.batches && <Batches content={content} check={check} choice={choice} onChoose={(unseen) => choose({ unseen })} />}
      <div className="row">
        <Button variant="filled" disabled={!isReady || isScoring} onClick={() => act(({ score }) => score())}>
          {isScoring ? 'Scoring' : `Score ${formatCount(check.patients)} ${check.patients === 1 ? 'patient' : 'patients'}`}
        </Button>
        {isScoring && <Button onClick={() => act(({ cancel }) => cancel())}>Cancel</Button>}
        {unknown.length > 0 && choice.unseen === 'refuse' && (
          <span className="dim">Say first what is to be done with the scanners that are not known.</span>
        )}
      </div>
    </>
  )
}

const mostNames = 8

interface BatchesProps extends Omit<CheckProps, 'isScoring'> {
  readonly onChoose: (unseen: UnseenChoice) => void
}

function Batches({ content, check, choice, onChoose }: BatchesProps) {
  const { record, minimumNewBatch } = content.harmonisation!
  const unknown = check.batches!.filter(({ isKnown }) => !isKnown)
  const small = unknown.filter(({ patients }) => patients < minimumNewBatch)
  const choices: readonly {
    readonly value: UnseenChoice
    readonly label: string
    readonly why: string
    readonly isOff: boolean
  }[] = [
    { value: 'refuse', label: 'Do not score', why: 'The table is not scored as long as they are in it.', isOff: false },
    {
      value: 'join',
      label: 'Join',
      why: !record.reference
        ? `Only where ComBat learnt in the mode “reference”; this one is “${record.mode}”.`
        : small.length > 0
          ? `Each new scanner needs ${minimumNewBatch} patients: ${listSome(small.map(({ batch, patients }) => `${batch} has ${patients}`))}.`
          : 'Each new scanner is brought to the training patients by its own patients, without their outcome.',
      isOff: !record.reference || small.length > 0,
    },
    {
      value: 'leave as measured',
      label: 'As measured',
      why: 'Their scores are marked NOT HARMONISED in every file, and cannot be compared with the others’.',
      isOff: false,
    },
  ]
  return (
    <>
      <table className="applyTable">
        <thead>
          <tr>
            <th scope="col">Scanner</th>
            <th scope="col" className="number">
              patients
            </th>
            <th scope="col">ComBat</th>
          </tr>
        </thead>
        <tbody>
          {check.batches!.map(({ batch, patients, isKnown }) => (
            <tr key={batch}>
              <th scope="row">{batch === '' ? '(empty)' : batch}</th>
              <td className="number">{formatCount(patients)}</td>
              <td>{isKnown ? 'known: harmonised' : <span className="warnText">not known</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unknown.length > 0 && (
        <fieldset className="unseenChoices">
          <legend>
            ComBat has not seen {listSome(unknown.map(({ batch }) => batch))}. What is to be done with{' '}
            {unknown.length === 1 ? 'its' : 'their'} patients?
          </legend>
          {choices.map(({ value, label, why, isOff }) => (
            <label key={value} className={isOff ? 'dim' : undefined}>
              <input
                type="radio"
                name="unseen"
                value={value}
                checked={choice.unseen === value}
                disabled={isOff}
                onChange={() => onChoose(value)}
              />
              <span>
                <strong>{label}.</strong> {why}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  )
}
