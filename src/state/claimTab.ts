/**
 * Takes a name for this tab; it is given back when the tab closes or claims another one. Where another tab has it, it is
 * taken as soon as that one gives it back, and `onFree` is called. Resolves to whether it was free.
 */
export type ClaimTab = (name: string, onFree: () => void) => Promise<boolean>

export interface TabClaims {
  readonly claim: ClaimTab
  /** Whether another tab has a name. */
  isElsewhere(name: string): Promise<boolean>
}

export interface OwnClaims extends TabClaims {
  /** Gives back what this tab has. */
  release(): void
}

interface Claim {
  readonly name: string
  isHeld: boolean
  onFree: () => void
  release(): void
}

/**
 * Browsers without Web Locks (pages not served from this machine or over https) cannot tell, so there nobody is warned.
 * @param kind of what is claimed: names of another kind are other names
 */
export function createTabClaims(
  locks: Pick<LockManager, 'request'> | undefined,
  kind: 'roi' | 'study' | 'scores' | 'batch' = 'roi',
): OwnClaims {
  let claim: Claim | undefined
  const lockOf = (name: string) => `texel ${kind} ${name}`
  const claimName: ClaimTab = async (name, onFree) => {
    if (!locks) return true
    if (claim?.name === name) {
      claim.onFree = onFree
      return claim.isHeld
    }
    claim?.release()
    const own = (claim = beginClaim(name, onFree))
    const lockName = lockOf(name)
    const isFree = await new Promise<boolean>((resolve, reject) => {
      const take = (lock: Lock | null) => {
        resolve(lock !== null)
        return lock ? own.hold() : undefined
      }
      locks.request(lockName, { ifAvailable: true }, take).catch(reject)
    })
    if (!isFree)
      locks
        .request(lockName, { signal: own.given }, () => {
          const held = own.hold()
          own.onFree()
          return held
        })
        .catch((error: unknown) => {
          // Another name was claimed before this one came free.
          if (!own.given.aborted) throw error
        })
    return isFree
  }
  return {
    claim: claimName,
    isElsewhere: async (name) => {
      if (!locks || (claim?.name === name && claim.isHeld)) return false
      let isFree = true
      await locks.request(lockOf(name), { ifAvailable: true }, (lock) => void (isFree = lock !== null))
      return !isFree
    },
    release() {
      claim?.release()
      claim = undefined
    },
  }
}

function beginClaim(name: string, onFree: () => void) {
  const given = new AbortController()
  return {
    name,
    onFree,
    isHeld: false,
    given: given.signal,
    /** @returns what the lock waits for */
    hold(): Promise<void> {
      this.isHeld = true
      return new Promise((resolve) => {
        if (given.signal.aborted) resolve()
        else given.signal.addEventListener('abort', () => resolve(), { once: true })
      })
    },
    release: () => given.abort(),
  }
}
