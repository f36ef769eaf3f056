/**
 * Takes a name for this tab; it is given back when the tab closes or claims another one. Browsers without Web Locks
 * (pages not served from this machine or over https) cannot tell, so there nobody is warned.
 * @returns whether it was free
 */
export function createTabClaims(locks: LockManager | undefined): (name: string) => Promise<boolean> {
  let held: { readonly name: string; readonly release: () => void } | undefined
  return async (name) => {
    if (!locks || held?.name === name) return true
    held?.release()
    held = undefined
    return new Promise<boolean>((resolve, reject) => {
      locks
        .request(`texel roi ${name}`, { ifAvailable: true }, (lock) => {
          resolve(lock !== null)
          if (lock === null) return undefined
          return new Promise<void>((release) => (held = { name, release }))
        })
        .catch(reject)
    })
  }
}
