/** Node warns of a leak where more than ten listen to one signal; one extraction has more calls under way than that. */
const reactions = new WeakMap<AbortSignal, Set<() => void>>()

/** Calls back when the signal aborts, not where it has. @returns how to end that */
export function onAbort(signal: AbortSignal | undefined, react: () => void): () => void {
  if (!signal) return () => {}
  let own = reactions.get(signal)
  if (!own) {
    const all = (own = new Set())
    reactions.set(signal, all)
    signal.addEventListener('abort', () => all.forEach((one) => one()), { once: true })
  }
  own.add(react)
  return () => own.delete(react)
}
