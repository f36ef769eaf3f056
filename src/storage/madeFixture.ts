import { readFileSync } from 'node:fs'
import { Dexie } from 'dexie'

/* Test support: databases as earlier versions of the program once made them, see `about` in each. */

type Kept = Readonly<Record<string, unknown>>

interface Fixture {
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  readonly records: Readonly<Record<string, readonly Kept[]>>
}

/** @param name of a file in `fixtures` */
export function readFixture(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'), (_, value: unknown) => {
    if (value === null || typeof value !== 'object') return value
    if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
    if ('$file' in value && 'text' in value) return new File([String(value.text)], String(value.$file))
    if ('$blob' in value) return new Blob([new Uint8Array(Number(value.$blob))])
    return value
  }) as Fixture
}

/** The browser has it as it was then. */
export async function putFixture({ version, stores, records }: Fixture, name: string): Promise<void> {
  const old = new Dexie(name)
  old.version(version).stores(stores)
  for (const [store, kept] of Object.entries(records)) await old.table(store).bulkPut([...kept])
  old.close()
}
