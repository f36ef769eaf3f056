/** Memory that several things share, of which the size of each is known only when it is there. */
export interface MemoryRoom {
  /** Waits, in the order of the calls, until there is room; one thing is always let in. */
  enter(): Promise<Place>
}

export interface Place {
  /** Tells what the thing holds. Until then it counts as the largest of those before. */
  weigh(bytes: number): void
  leave(): void
}

/** @param budget bytes that all together may hold; the last one to come in may go beyond */
export function createMemoryRoom(budget: number): MemoryRoom {
  const waiting: (() => void)[] = []
  let inside = 0
  let held = 0
  let largest = 0

  function admit() {
    // Before the first is weighed nobody can tell.
    while (waiting.length > 0 && (inside === 0 || (largest > 0 && held + largest <= budget))) {
      inside++
      held += largest
      waiting.shift()!()
    }
  }
  return {
    async enter() {
      let own = 0
      await new Promise<void>((letIn) => {
        waiting.push(() => {
          own = largest
          letIn()
        })
        admit()
      })
      return {
        weigh(bytes) {
          held += bytes - own
          own = bytes
          largest = Math.max(largest, bytes)
          admit()
        },
        leave() {
          inside--
          held -= own
          admit()
        },
      }
    },
  }
}
