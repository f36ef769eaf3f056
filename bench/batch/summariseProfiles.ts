import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What V8 writes with --cpu-prof. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[]
  readonly samples: readonly number[]
  /** Microseconds. */
  readonly timeDeltas: readonly number[]
}

/** In the order in which they are tried. */
const kinds: readonly [RegExp, string][] = [
  [/^\(idle\)/, 'idle'],
  [/^\(garbage collector\)/, 'garbage collection'],
  [/wasm/, 'kernels (WASM)'],
  [/node:internal\/(modules|bootstrap|deps\/cjs|url)|compileSourceTextModule|wrapSafe/, 'start: loading modules'],
  [/node:internal\/crypto/, 'hashes of voxels and files'],
  [/zlib/, 'unpacking'],
  [/postMessage|messageport|comlink/, 'messages between threads'],
  [/papaparse/, 'writing CSV'],
  [/node_modules/, 'other libraries'],
  [/dist\/cli/, "the program's own JavaScript"],
]

/** A line a thread: its name, and milliseconds by what it did, most first. @param folder of .cpuprofile files */
export async function summariseProfiles(folder: string): Promise<string[]> {
  const lines: string[] = []
  for (const name of (await readdir(folder)).sort()) {
    const { nodes, samples, timeDeltas } = JSON.parse(await readFile(join(folder, name), 'utf8')) as Profile
    const kindOf = new Map(nodes.map(({ id, callFrame }) => [id, kindOfFrame(`${callFrame.functionName} ${callFrame.url}`)]))
    const microseconds = new Map<string, number>()
    samples.forEach((id, i) => {
      const kind = kindOf.get(id)!
      microseconds.set(kind, (microseconds.get(kind) ?? 0) + timeDeltas[i])
    })
    const worker = nodes.map(({ callFrame }) => /(\w+)\.worker\.js/.exec(callFrame.url)?.[1]).find(Boolean)
    const spent = [...microseconds].filter(([kind]) => kind !== 'idle').sort((a, b) => b[1] - a[1])
    const total = spent.reduce((sum, [, value]) => sum + value, 0)
    lines.push(`  ${worker ? `${worker} worker` : 'main thread'}: ${milli(total)}, of which ${spent.map(([kind, value]) => `${kind} ${milli(value)}`).join(', ')}`) // prettier-ignore
  }
  return lines
}

function kindOfFrame(text: string): string {
  return kinds.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'
}

const milli = (microseconds: number) => (microseconds / 1000).toFixed(0)
