/** Something that is loaded once. */
export interface KeptLoaded<Part> {
  /** Loads it at the first call. A failure is not kept: the next call tries again, since the server may be back. */
  get(): Promise<Part>
  /** The next call loads it anew. */
  forget(): void
}

export function keepLoaded<Part>(load: () => Promise<Part>): KeptLoaded<Part> {
  let kept: Promise<Part> | undefined
  return {
    get() {
      if (kept) return kept
      const loading = load()
      kept = loading
      loading.catch(() => {
        if (kept === loading) kept = undefined
      })
      return loading
    },
    forget() {
      kept = undefined
    },
  }
}
