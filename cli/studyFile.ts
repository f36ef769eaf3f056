import { groupBy } from '../src/core/numeric/groupBy.ts'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { checkStudyFile, openStudyFile } from '../src/io/studyFile/openStudyFile.ts'
import { say } from '../src/messages/say.ts'
import { count } from './count.ts'
import { createProgressBar } from './progressBar.ts'
import { listStudyRows } from './studyRows.ts'

/** Prints a line a patient, after what the file has in all. @throws DataError if it cannot be opened */
export async function listStudy(path: string): Promise<void> {
  const { about, records, journal, problems } = await openStudyFile(await fileFromDisk(path))
  const { study, patients, images, regions } = records
  const regionsOf = groupBy(regions, ({ label }) => label)
  const roles = groupBy(images, ({ patient }) => patient)
  const lines = patients.map(({ id, label, centre, cohort, exclusion }) => {
    const own = regionsOf.get(label) ?? []
    const drawn = [...groupBy(own, ({ reader }) => reader)].map(([reader, of]) => `reader ${reader}: ${count(of.length, 'ROI')}, ${of.filter(({ progress }) => progress === 'complete' || progress === 'locked').length} complete`) // prettier-ignore
    return [
      label,
      ...(centre === '' ? [] : [`centre ${centre}`]),
      ...(cohort === null ? [] : [cohort]),
      ...(exclusion ? [`excluded (${exclusion.reason})`] : []),
      (roles.get(id) ?? []).flatMap(({ role }) => role ?? []).join(' ') || 'no roles',
      ...(drawn.length > 0 ? drawn : ['nothing drawn']),
    ].join('; ')
  })
  const counts = [count(patients.length, 'patient'), count(images.length, 'image'), count(regions.length, 'ROI'), `${count(about.counts.tables, 'row')} of features`] // prettier-ignore
  process.stdout.write(
    [
      `${counts.join(', ')}; written by ${about.program}`,
      `readers: ${study.readers.map(({ id, name }) => `${id} (${name})`).join(', ')}; ${count(journal.length, 'act')} in the journal`,
      study.freeze ? `cohorts fixed, ${study.freeze.hash}` : 'cohorts not fixed',
      '',
      ...lines,
      ...problems.map(say),
      '',
    ].join('\n'),
  )
}

/** Reads everything. @returns whether nothing is lost @throws DataError if it cannot be opened at all */
export async function checkStudy(path: string): Promise<boolean> {
  const file = await openStudyFile(await fileFromDisk(path))
  const progress = createProgressBar()
  const problems = await checkStudyFile(file, (done, total) => progress.update(done, total, 'reading'))
  progress.stop()
  const { counts } = file.about
  if (problems.length === 0)
    process.stdout.write(`${path} is whole: ${count(counts.regions, 'ROI')}, ${count(counts.tables, 'row')} of features.\n`)
  else
    process.stdout.write(
      `${problems.map(say).join('\n')}\n${path}: ${count(problems.length, 'thing')} lost, the rest is whole.\n`,
    )
  return problems.length === 0
}

/** Prints how many ROIs of a reader --extract computes, so that a workflow knows how many parts there may be. */
export async function countRegions(path: string, reader: string | undefined): Promise<void> {
  const { entries } = listStudyRows(await openStudyFile(await fileFromDisk(path)), reader)
  process.stdout.write(`${entries.length}\n`)
}
