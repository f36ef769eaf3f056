import type { FlowNode } from '../../core/study/flow.ts'
import type { TaskSpec } from '../../core/study/study.ts'
import type { study as english } from '../../messages/en/ui/study.ts'
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

/** In which words a chart is told: those of the page on screen, English ones in a file. */
export interface FlowWords {
  readonly flow: typeof english.flow
  readonly nameExclusion: (reason: string) => string
}

/** What the boxes of the flow chart say. */
export function tellFlow(
  { traced, patients, study }: Pick<StudyView, 'traced' | 'patients' | 'study'>,
  words: FlowWords,
): ToldNode[] {
  const { flow } = words
  const batchOf = new Map(patients.map(({ id, batch }) => [id, batch]))
  const protocolsOf = (ids: readonly string[]) => new Set(ids.map((id) => batchOf.get(id))).size
  const tell = (node: FlowNode): FlowText => {
    switch (node.kind) {
      case 'found':
        return { tone: 'plain', lines: [{ text: flow.found, patients: node.patients }] }
      case 'centre': {
        const protocols = protocolsOf(node.patients)
        return {
          tone: 'plain',
          lines: [{ text: flow.centre(node.name), patients: node.patients }, { text: flow.protocols(protocols) }],
        }
      }
      case 'undecided':
        return { tone: 'open', lines: [{ text: flow.noCohort, patients: node.patients }] }
      case 'cohort':
        return {
          tone: 'cohort',
          lines: [{ text: flow.cohorts[node.name], patients: node.patients }, { text: study.freeze ? flow.fixed : flow.planned }],
        }
    }
  }
  return traced.nodes.map((node) => ({
    id: node.id,
    next: node.next,
    box: tell(node),
    excluded: node.excluded.length === 0 ? null : tellExcluded(node, words),
    tasks: node.tasks.map(({ task, positive, negative, outside }, i) => {
      const [of, not] = nameClasses(
        study.tasks.find(({ id }) => id === task)!,
        flow,
      )
      return {
        tone: 'plain',
        lines: [
          { text: flow.task(i + 1), patients: [...positive, ...negative] },
          { text: of, patients: positive },
          { text: not, patients: negative },
          ...(outside.length > 0 ? [{ text: flow.outside, patients: outside }] : []),
        ],
      }
    }),
  }))
}

function tellExcluded({ excluded }: Pick<FlowNode, 'excluded'>, { flow, nameExclusion }: FlowWords): FlowText {
  return {
    tone: 'excluded',
    lines: [
      { text: flow.excluded, patients: excluded.flatMap(({ patients }) => patients) },
      ...excluded.map(({ reason, patients }) => ({ text: nameExclusion(reason), patients })),
    ],
  }
}

function nameClasses({ variable, positive, negative }: TaskSpec, { className }: FlowWords['flow']): readonly [string, string] {
  const name = variable.toUpperCase()
  return [className(name, positive), className(name, negative)]
}

/** The chart in words, a line a number: what somebody hears who does not see it. */
export function listFlow(nodes: readonly ToldNode[], { flow }: FlowWords): string[] {
  return nodes.flatMap(({ box, excluded, tasks }) =>
    [box, excluded, ...tasks].flatMap((one) => {
      if (!one) return []
      const [title, ...others] = one.lines
      const [name] = box.lines
      const whole = one === box ? title.text : flow.inList(name.text, title.text)
      const parts = others.flatMap(({ text, patients }) => (patients ? [flow.part(text, patients.length)] : [text]))
      return [flow.counted(whole, title.patients?.length ?? 0, parts)]
    }),
  )
}
