import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type YAMLMap } from 'yaml'
import type { NumberRange, SettingType } from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'
import { nearestName } from '../tables/nearestName.ts'
import { DataError, type Message } from '../../core/messages/message.ts'
import { tell, type FoundNode } from './messages.ts'

export interface ParameterProblem {
  /** Counted from 1. */
  readonly line: number
  /** Keys from the top, e.g. `setting.binWidth`; empty for the file as a whole. */
  readonly path: string
  readonly problem: Message
}

/** Everything that is wrong with a parameter file, in the order of its lines. */
export class ParameterFileError extends DataError {
  readonly problems: readonly ParameterProblem[]
  /** Of the first problem. */
  readonly line: number
  readonly path: string

  constructor(problems: readonly [ParameterProblem, ...ParameterProblem[]]) {
    super(tell('parameters-invalid', { problems }))
    this.problems = problems
    this.line = problems[0].line
    this.path = problems[0].path
  }
}

export interface Entry {
  readonly key: string
  readonly value: Node | null
  readonly line: number
}

/**
 * Reads a file of YAML 1.2 or JSON (`%YAML 1.1` is obeyed).
 * @throws ParameterFileError with all problems that the reader found
 */
export function readYaml<T>(
  text: string,
  createReader: (document: Document, lines: LineCounter) => YamlReader & { read(): T },
): T {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: true, prettyErrors: false })
  const reader = createReader(document, lines)
  const parameters = reader.read()
  const [first, ...rest] = reader.problems.toSorted((a, b) => a.line - b.line)
  if (first) throw new ParameterFileError([first, ...rest])
  return parameters
}

/** A setting that may be refused, and goes on to be looked at where a list has several things wrong. */
type Refuse = (problem?: Message, node?: Node | null) => undefined

/** What parameter files of all profiles have in common: one pass over the file, which goes on after a problem to find the others. */
export class YamlReader {
  readonly problems: ParameterProblem[] = []
  protected readonly document: Document
  readonly lines: LineCounter

  constructor(document: Document, lines: LineCounter) {
    this.document = document
    this.lines = lines
  }

  /** The sections of the file; undefined where it is empty or so broken that what it holds cannot be told. */
  protected readSections(): Map<string, Entry> | undefined {
    const { errors, contents: top } = this.document
    for (const { code, message, pos } of errors) this.refuse(this.lineAt(pos[0]), '', yamlProblem(code, message))
    const isEmpty = top === null || (isScalar(top) && top.value === null)
    if (isEmpty && errors.length === 0) this.refuse(1, '', tell('parameters-empty', {}))
    // Doubled names leave it readable.
    if (isEmpty || errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return undefined
    return new Map(this.entries(top, 1, '').map((entry) => [entry.key, entry]))
  }

  /** @returns the problem goes to this place of the file */
  protected refuserAt(type: SettingType, value: Node | null, line: number, path: string): Refuse {
    return (problem = tell('not-of-type', { type, found: found(value) }), node = value) => {
      this.refuse(this.lineOf(node, line), path, problem)
      return undefined
    }
  }

  /** What a setting of this type is set to; numbers of lists as they are written. Undefined if it was refused. */
  protected readValue(
    type: SettingType,
    value: Node | null,
    refuse: Refuse,
  ): boolean | number | string | PlainNumber[] | undefined {
    switch (type.kind) {
      case 'boolean':
        return isScalar(value) && typeof value.value === 'boolean' ? value.value : refuse()
      case 'integer':
      case 'number': {
        const number = readNumber(value)
        return number && fits(number, type.kind, type) ? number.value : refuse()
      }
      case 'choice': {
        if (!isScalar(value)) return refuse()
        if (typeof value.value === 'string' && type.choices.includes(value.value)) return value.value
        return refuse(tell('no-choice', { found: found(value), ...among(String(value.value), type.choices) }))
      }
      case 'list':
        return this.#readNumbers(type, value, refuse)
    }
  }

  #readNumbers(type: Extract<SettingType, { kind: 'list' }>, value: Node | null, refuse: Refuse): PlainNumber[] | undefined {
    if (!isSeq(value)) return refuse()
    const items = value.items.map((item) => this.resolve(item as Node | null))
    const numbers = items.map((item) => {
      const number = readNumber(item)
      if (number && fits(number, type.of, type)) return number
      return refuse(tell('not-of-type-in-list', { type, found: found(item) }), item)
    })
    if (numbers.includes(undefined)) return undefined
    const lengthFits = type.lengths?.includes(numbers.length) ?? (numbers.length > 0 || type.mayBeEmpty === true)
    return lengthFits ? (numbers as PlainNumber[]) : refuse(tell('list-length', { type, found: numbers.length }))
  }

  /** Keys and values of a map, merged ones (`<<`) behind its own. */
  protected entries(node: Node | null, line: number, path: string): Entry[] {
    const map = this.resolve(node)
    if (!isMap(map)) {
      this.refuse(this.lineOf(map, line), path, tell('no-map', { found: found(map) }))
      return []
    }
    const own: Entry[] = []
    const merged: Entry[] = []
    for (const { key, value } of (map as YAMLMap<Node, Node | null>).items) {
      const keyLine = this.lineOf(key, line)
      if (isMergeKey(key)) {
        const target = this.resolve(value)
        for (const source of isSeq(target) ? target.items : [target])
          merged.push(...this.entries(source as Node | null, keyLine, path))
      } else if (isScalar(key)) {
        own.push({ key: String(key.value), value: this.resolve(value), line: keyLine })
      } else {
        this.refuse(keyLine, path, tell('name-no-word', {}))
      }
    }
    return [...own, ...merged.filter(({ key }, i) => ![...own, ...merged.slice(0, i)].some((entry) => entry.key === key))]
  }

  protected resolve(node: Node | null): Node | null {
    return isAlias(node) ? ((node.resolve(this.document) as Node | undefined) ?? null) : node
  }

  protected lineOf(node: Node | null, otherwise: number): number {
    return node?.range ? this.lineAt(node.range[0]) : otherwise
  }

  protected lineAt(offset: number): number {
    return Math.max(1, this.lines.linePos(offset).line)
  }

  protected refuse(line: number, path: string, problem: Message): void {
    this.problems.push({ line, path, problem })
  }
}

export interface PlainNumber {
  readonly value: number
  /** Written as an integer: `1`, not `1.0`. */
  readonly integer: boolean
}

/** A number that is not in quotes; digits may be grouped by `_`, as PyRadiomics's YAML reader allows. */
export function readNumber(node: Node | null): PlainNumber | undefined {
  if (!isScalar(node)) return undefined
  const { value, source, type } = node
  if (typeof value === 'number')
    return {
      value,
      integer:
        Number.isInteger(value) &&
        !/^[-+]?(\d[\d_]*)?[.eE]|^[-+]?\d[\d_]*[.eE]/.test(source ?? '') &&
        node.tag !== 'tag:yaml.org,2002:float',
    }
  if (typeof value !== 'string' || type !== 'PLAIN') return undefined
  if (/^[-+]?\d[\d_]*$/.test(value)) return { value: Number(value.replaceAll('_', '')), integer: true }
  if (/^[-+]?\d[\d_]*(\.[\d_]*)?([eE][-+]?\d+)?$/.test(value)) return { value: Number(value.replaceAll('_', '')), integer: false }
  if (/^[-+]?0b[01]+$/.test(value)) return { value: Number(value), integer: true }
  return undefined
}

function fits(
  { value, integer }: PlainNumber,
  kind: 'integer' | 'number',
  { minimum, above, maximum, infinite }: NumberRange,
): boolean {
  if (kind === 'integer' && !integer) return false
  if (!Number.isFinite(value) && !(infinite && !Number.isNaN(value))) return false
  return (
    (minimum === undefined || value >= minimum) &&
    (above === undefined || value > above) &&
    (maximum === undefined || value <= maximum)
  )
}

export function isNull(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}

function isMergeKey(key: Node): boolean {
  return (
    isScalar(key) &&
    (key.value === '<<' || (typeof key.value === 'symbol' && key.value.description === '<<')) &&
    key.type !== 'QUOTE_DOUBLE' &&
    key.type !== 'QUOTE_SINGLE'
  )
}

export function found(node: Node | null): FoundNode {
  if (isNull(node)) return { kind: 'nothing' }
  if (isSeq(node)) return { kind: 'list' }
  if (isMap(node)) return { kind: 'map' }
  if (!isScalar(node)) return { kind: 'else' }
  if (typeof node.value === 'string') return { kind: 'text', text: node.value }
  return { kind: 'value', written: node.source ?? String(node.value) }
}

export function unknown(
  what: 'section' | 'image type' | 'feature class' | 'feature family' | 'filter' | 'setting',
  name: string,
  known: readonly string[],
): Message {
  return tell('unknown', { what, ...among(name, known) })
}

export function among(name: string, known: readonly string[]) {
  return { near: nearestName(name, known) ?? null, known }
}

function yamlProblem(code: string, words: string): Message {
  if (code === 'DUPLICATE_KEY') return tell('yaml-same-name', {})
  if (code === 'MULTIPLE_DOCS') return tell('yaml-documents', {})
  return tell('yaml-invalid', { words: words.split('\n')[0] })
}
