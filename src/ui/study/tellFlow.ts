import type { FlowNode } from '../../core/study/flow.ts'
import type { TaskSpec } from '../../core/study/study.ts'
import { clinicalWords } from '../../messages/words/clinicalWords.ts'
import type { StudyView } from '../../state/viewStudy.ts'

/** A line of a box: what it says, and of whom. */
export interface FlowLine {
  readonly text: string
  /** IDs; missing where it counts nobody. */
  readonly patients?: readonly string[]
}

export type FlowTone = 'plain' | 'excluded' | 'cohort' | 'open'

/** A box before it has a place: the first line is its title. */
export interface FlowText {
  readonly tone: FlowTone
  readonly lines: readonly FlowLine[]
}

/** A box of the chart with what stands beside and below it. */
export interface ToldNode {
  readonly id: string
  readonly next: readonly string[]
  readonly box: FlowText
  readonly excluded: FlowText | null
  readonly tasks: readonly FlowText[]
}

const cohortNames: Readonly<Record<string, string>> = { training: 'Training cohort', validation: 'Validation cohort' }

/** What the boxes of the flow chart say. */
export function tellFlow({ traced, patients, study }: Pick<StudyView, 'traced' | 'patients' | 'study'>): ToldNode[] {
  const batchOf = new Map(patients.map(({ id, batch }) => [id, batch]))
  const protocolsOf = (ids: readonly string[]) => new Set(ids.map((id) => batchOf.get(id))).size
  const tell = (node: FlowNode): FlowText => {
    switch (node.kind) {
      case 'found':
        return { tone: 'plain', lines: [{ text: 'Patients found in the files', patients: node.patients }] }
      case 'centre': {
        const protocols = protocolsOf(node.patients)
        return {
          tone: 'plain',
          lines: [
            { text: `Centre ${node.name}`, patients: node.patients },
            { text: protocols === 1 ? 'one scanner protocol' : `${protocols} scanner protocols` },
          ],
        }
      }
      case 'undecided':
        return { tone: 'open', lines: [{ text: 'In no cohort yet', patients: node.patients }] }
      case 'cohort':
        return {
          tone: 'cohort',
          lines: [
            { text: cohortNames[node.name], patients: node.patients },
            { text: study.freeze ? 'fixed' : 'planned, not fixed yet' },
          ],
        }
    }
  }
  return traced.nodes.map((node) => ({
    id: node.id,
    next: node.next,
    box: tell(node),
    excluded: node.excluded.length === 0 ? null : tellExcluded(node),
    tasks: node.tasks.map(({ task, positive, negative, outside }, i) => {
      const [of, not] = nameClasses(study.tasks.find(({ id }) => id === task)!)
      return {
        tone: 'plain',
        lines: [
          { text: `Task ${i + 1}`, patients: [...positive, ...negative] },
          { text: of, patients: positive },
          { text: not, patients: negative },
          ...(outside.length > 0 ? [{ text: 'not part of it', patients: outside }] : []),
        ],
      }
    }),
  }))
}

function tellExcluded({ excluded }: Pick<FlowNode, 'excluded'>): FlowText {
  return {
    tone: 'excluded',
    lines: [
      { text: 'Excluded', patients: excluded.flatMap(({ patients }) => patients) },
      ...excluded.map(({ reason, patients }) => ({ text: clinicalWords().nameExclusion(reason), patients })),
    ],
  }
}

/** `HER2 low, zero or negative`. */
function nameClasses({ variable, positive, negative }: TaskSpec): readonly [string, string] {
  const list = (levels: readonly string[]) => [levels.slice(0, -1).join(', '), levels.at(-1)].filter(Boolean).join(' or ')
  const name = (levels: readonly string[]) => `${variable.toUpperCase()} ${list(levels)}`
  return [name(positive), name(negative)]
}

/** The chart in words, a line a number: what somebody hears who does not see it. */
export function listFlow(nodes: readonly ToldNode[]): string[] {
  return nodes.flatMap(({ box, excluded, tasks }) =>
    [box, excluded, ...tasks].flatMap((one) => {
      if (!one) return []
      const [title, ...others] = one.lines
      const [name] = box.lines
      const whole = one === box ? title.text : `${name.text}, ${title.text.toLowerCase()}`
      const parts = others.flatMap(({ text, patients }) => (patients ? [`${text}: ${patients.length}`] : [text]))
      return [`${whole}: ${title.patients?.length ?? 0}${parts.length > 0 ? ` (${parts.join('; ')})` : ''}`]
    }),
  )
}
