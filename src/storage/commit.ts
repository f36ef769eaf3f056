import type { Table } from 'dexie'
import { DataError } from '../core/messages/message.ts'
import type { JournalLine } from '../core/study/journal.ts'
import type { Database } from './schema.ts'

/** Which time it is that somebody holds a lock: what was begun under an earlier one is refused. */
export interface Turn {
  readonly lock: string
  readonly number: number
}

/** Another tab has taken the lock since. */
export class LostTurnError extends Error {
  override readonly name = 'LostTurnError'
}

/** Writes down what was done; awaited inside the act. */
export type Note = (line: Omit<JournalLine, 'seq' | 'at'>) => PromiseLike<unknown>

/**
 * Does one act: its records and its lines of the journal stand in one transaction, so that both are there or neither.
 * @param options.turn of a lock that was held when the act began
 * @param act without anything but the stores in it; notes what it did, nothing where it did nothing
 * @throws what the act throws; LostTurnError if another tab has that lock now; nothing is changed then
 */
export async function commit<T>(
  database: Database,
  { stores, turn }: { readonly stores: readonly Pick<Table, 'name'>[]; readonly turn?: Turn | undefined },
  act: (note: Note) => Promise<T>,
): Promise<T> {
  const names = [...stores.map(({ name }) => name), 'journal', ...(turn ? ['meta'] : [])]
  try {
    return await database.transaction('rw', names, async () => {
      if (turn && (await readTurn(database, turn.lock)) !== turn.number) throw new LostTurnError(turn.lock)
      return act((line) => database.journal.add({ ...line, at: Date.now() }))
    })
  } catch (error) {
    // Dexie takes the name for one of its own, and wraps what an act refuses.
    const { inner } = error as { readonly inner?: unknown }
    throw inner instanceof DataError ? inner : error
  }
}

/**
 * Whoever has got a lock of the browser takes a turn. A lock can be lost without a word, to a tab that stole it or that came while
 * this one was held up: of two tabs that both think to have it, the later one's turn counts.
 */
export function takeTurn(database: Database, lock: string): Promise<Turn> {
  return database.transaction('rw', database.meta, async () => {
    const number = (await readTurn(database, lock)) + 1
    await database.meta.put({ key: `turn ${lock}`, value: number })
    return { lock, number }
  })
}

async function readTurn(database: Database, lock: string): Promise<number> {
  const found = await database.meta.get(`turn ${lock}`)
  return typeof found?.value === 'number' ? found.value : 0
}
