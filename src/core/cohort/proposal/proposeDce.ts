import { least } from '../../numeric/compare.ts'
import { gridsAgree } from '../clusterPhases.ts'
import { findPhases, isChoiceClose } from '../findPhases.ts'
import { factsOf } from '../orderByTime.ts'
import { timePhases, type PhaseTimes } from '../timePhases.ts'
import type { DceSet, Decision } from '../../study/study.ts'
import { decide, takenOption, type Answer } from './decisions.ts'
import type { ListedImage } from './listedImage.ts'

/** @param images of one visit that may be phases */
export function proposeDce(
  images: readonly ListedImage[],
  answers: readonly Answer[],
): { readonly dce: DceSet | null; readonly decisions: readonly Decision[] } {
  const volumes = images.map(({ volume }) => volume)
  const found = findPhases(volumes).filter(({ isDce }) => isDce)
  if (found.length === 0) return { dce: null, decisions: [] }
  const rivals = found.slice(1).filter((other) => isChoiceClose([found[0], other], volumes))
  const candidates = [found[0], ...rivals].map(({ phases }) => phases.map((at) => images[at]))
  const which = decide(
    {
      kind: 'dce',
      about: [images.map(({ id }) => id)],
      options: candidates.map((phases) => ({ id: firstOf(phases), groups: [phases.map(({ id }) => id)] })),
      proposed: firstOf(candidates[0]),
    },
    answers,
  )
  const taken = candidates.find((phases) => firstOf(phases) === takenOption(which)!.id)!
  const { dce, decisions } = timeSet(taken, answers)
  return { dce, decisions: [...(rivals.length > 0 ? [which] : []), ...decisions] }
}

/** The set of images of which a person, a rule or their names said that they are phases: those of one grid, the most there are. */
export function setOfChosen(images: readonly ListedImage[], answers: readonly Answer[]): ReturnType<typeof proposeDce> {
  const byId = [...images].sort((a, b) => (a.id < b.id ? -1 : 1))
  const grids: ListedImage[][] = []
  for (const image of byId) {
    const same = grids.find(([first]) => gridsAgree(first.volume, image.volume))
    if (same) same.push(image)
    else grids.push([image])
  }
  const most = grids.reduce<ListedImage[]>((best, one) => (one.length > best.length ? one : best), [])
  return most.length < 2 ? { dce: null, decisions: [] } : timeSet(most, answers)
}

function timeSet(phases: readonly ListedImage[], answers: readonly Answer[]): { dce: DceSet; decisions: Decision[] } {
  const facts = phases.map(({ volume }) => factsOf(volume))
  const proposed = timePhases(facts)
  if (!proposed.decision) return { dce: toSet(phases, proposed), decisions: [] }
  const order = decide(
    {
      kind: 'order',
      about: [phases.map(({ id }) => id)],
      options: proposed.decision.options.map(({ source, order: by }) => ({
        id: source,
        groups: [by.map((at) => phases[at].id)],
      })),
      proposed: proposed.decision.options[0].source,
    },
    answers,
  )
  const chosen = proposed.decision.options.find(({ source }) => source === order.chosen?.option)
  return { dce: toSet(phases, chosen ? timePhases(facts, { chosen: chosen.source }) : proposed), decisions: [order] }
}

function toSet(phases: readonly ListedImage[], times: PhaseTimes): DceSet {
  const { order, timesS, from, proved, injectionS, injectionProved, warnings } = times
  return {
    phases: order.map((at, i) => ({ image: phases[at].id, timeS: timesS[i] })),
    timesFrom: from,
    proved,
    injectionS,
    injectionProved,
    warnings,
    peak: null,
    curve: null,
  }
}

const firstOf = (images: readonly ListedImage[]) => least(images.map(({ id }) => id))
