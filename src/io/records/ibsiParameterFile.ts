import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml'
import { ibsiFamilies, type IbsiFamily } from '../../core/features/ibsi/definitions.ts'
import type { IbsiImageFilter } from '../../core/image/filters/ibsiFilters.ts'
import {
  familiesOf,
  ibsiFilterRows,
  nameIbsiImage,
  whyNotFilter,
  whyNotResponses,
  type IbsiFilterKind,
  type IbsiFilterOption,
} from '../../core/parameters/profiles/ibsi/filters.ts'
import {
  ibsiDefaults,
  ibsiSettingRows,
  type IbsiParameters,
  type IbsiSettingRow,
  type IbsiSettings,
} from '../../core/parameters/profiles/ibsi/parameters.ts'
import { tell } from './messages.ts'
import { among, found, isNull, readYaml, unknown, YamlReader, type Entry } from './yamlReader.ts'

const sectionNames = ['profile', 'setting', 'filter', 'family']

/** Whether a parameter file names a profile: it is then one of this reader, which refuses other names. */
export function saysIbsi(text: string): boolean {
  const { contents } = parseDocument(text, { prettyErrors: false })
  return isMap(contents) && contents.has('profile')
}

/**
 * Reads a parameter file of the IBSI's profile: `profile: IBSI`, settings, filters (the image itself, if it does
 * not say) and the families that are wanted (all, if it does not say).
 * @throws ParameterFileError with all problems of the file
 */
export function parseIbsiParameterFile(text: string): IbsiParameters {
  return readYaml(text, (document, lines) => new IbsiReader(document, lines))
}

class IbsiReader extends YamlReader {
  read(): IbsiParameters {
    const sections = this.readSections() ?? new Map<string, Entry>()
    for (const { key, line } of sections.values())
      if (!sectionNames.includes(key)) this.refuse(line, key, unknown('section', key, sectionNames))
    const profile = sections.get('profile')
    if (profile && !(isScalar(profile.value) && profile.value.value === 'IBSI'))
      this.refuse(profile.line, 'profile', tell('no-choice', { found: found(profile.value), near: null, known: ['IBSI'] }))
    const settings = { ...ibsiDefaults, ...this.#readSettings(sections.get('setting')) }
    const asked = sections.get('setting')
    this.#refuseBoth(settings, asked, 'binWidth', 'binCount')
    this.#refuseBoth(settings, asked, 'ivhBinWidth', 'ivhBinCount')
    if (settings.range && settings.range[0] >= settings.range[1])
      this.refuse(this.#lineOfSetting(asked, 'range'), 'setting.range', tell('range-order', {}))
    const families = this.#readFamilies(sections.get('family'))
    const filters = this.#readFilters(sections.get('filter'))
    const asksResponses = filters.some(({ kind }) => kind !== 'none')
    const wrong = asksResponses ? whyNotResponses(settings, families) : undefined
    if (wrong) this.refuse(this.#lineOfSetting(asked, wrong.setting), `setting.${wrong.setting}`, wrong.problem)
    if (families.length > 0 && filters.length > 0 && filters.every((filter) => familiesOf(filter, families).length === 0))
      this.refuse(sections.get('filter')!.line, 'filter', tell('shape-of-responses', {}))
    return { profile: 'IBSI', settings, filters, families }
  }

  #readSettings(section: Entry | undefined): Partial<IbsiSettings> {
    const settings: Record<string, unknown> = {}
    for (const { key, value, line } of section ? this.entries(section.value, section.line, 'setting') : []) {
      const path = `setting.${key}`
      if (!Object.hasOwn(ibsiSettingRows, key)) {
        this.refuse(line, path, unknown('setting', key, Object.keys(ibsiSettingRows)))
        continue
      }
      const read = this.#readRow(ibsiSettingRows[key as keyof IbsiSettings], value, line, path)
      if (read !== undefined) settings[key] = read
    }
    // Bins of a size take the place of the number of bins that stands where a file says nothing.
    if (typeof settings.binWidth === 'number' && settings.binCount === undefined) settings.binCount = null
    if (typeof settings.ivhBinWidth === 'number' && settings.ivhBinCount === undefined) settings.ivhBinCount = null
    return settings
  }

  /** Undefined if it was refused. */
  #readRow({ type, nullMeans }: IbsiSettingRow, value: Node | null, line: number, path: string): unknown {
    if (isNull(value) && nullMeans === 'off') return null
    if (type.kind === 'choices') return this.#readNames(value, line, path, type.choices, 'setting')
    const read = this.readValue(type, value, this.refuserAt(type, value, line, path))
    return Array.isArray(read) ? read.map((number) => number.value) : read
  }

  #readFilters(section: Entry | undefined): readonly IbsiImageFilter[] {
    if (!section || isNull(section.value)) return [{ kind: 'none' }]
    if (!isSeq(section.value) || section.value.items.length === 0) {
      this.refuse(section.line, 'filter', tell('filters-no-list', { found: found(section.value) }))
      return []
    }
    const filters = new Map<string, IbsiImageFilter>()
    for (const item of section.value.items) {
      const line = this.lineOf(item as Node | null, section.line)
      const filter = this.#readFilter(item as Node | null, line)
      if (!filter) continue
      const name = nameIbsiImage(filter)
      if (filters.has(name)) this.refuse(line, 'filter', tell('same-filter', {}))
      filters.set(name, filter)
    }
    return [...filters.values()]
  }

  /** Undefined if it was refused. */
  #readFilter(item: Node | null, line: number): IbsiImageFilter | undefined {
    const before = this.problems.length
    const given = new Map(this.entries(item, line, 'filter').map((entry) => [entry.key, entry]))
    if (this.problems.length > before) return undefined
    const kinds = Object.keys(ibsiFilterRows) as IbsiFilterKind[]
    const asked = given.get('kind')
    const kind = kinds.find((known) => asked && isScalar(asked.value) && asked.value.value === known)
    if (!kind) {
      const word = asked && isScalar(asked.value) ? String(asked.value.value) : ''
      this.refuse(asked?.line ?? line, 'filter.kind', unknown('filter', word, kinds))
      return undefined
    }
    const rows: Readonly<Record<string, IbsiFilterOption>> = ibsiFilterRows[kind]
    const path = `filter.${kind}`
    for (const { key, line: at } of given.values())
      if (key !== 'kind' && !Object.hasOwn(rows, key))
        this.refuse(at, `${path}.${key}`, unknown('setting', key, Object.keys(rows)))
    const options = Object.entries(rows).map(([name, row]) => [name, this.#readOption(row, given.get(name), line, `${path}.${name}`)] as const) // prettier-ignore
    if (this.problems.length > before) return undefined
    const filter = { kind, ...Object.fromEntries(options) } as IbsiImageFilter
    const wrong = whyNotFilter(filter)
    if (wrong) this.refuse(given.get(wrong.option)?.line ?? line, `${path}.${wrong.option}`, wrong.problem)
    return wrong ? undefined : filter
  }

  #readOption(row: IbsiFilterOption, entry: Entry | undefined, line: number, path: string): unknown {
    if (entry) return this.#readRow(row, entry.value, entry.line, path)
    if (row.default === undefined) this.refuse(line, path, tell('option-missing', { type: row.type }))
    return row.default
  }

  #readFamilies(section: Entry | undefined): readonly IbsiFamily[] {
    if (!section || isNull(section.value)) return ibsiFamilies
    return (this.#readNames(section.value, section.line, 'family', ibsiFamilies, 'family') ?? []) as IbsiFamily[]
  }

  /** Some of the names, each once, in the order of the file; undefined if any was refused. */
  #readNames(
    value: Node | null,
    line: number,
    path: string,
    known: readonly string[],
    what: 'setting' | 'family',
  ): string[] | undefined {
    if (!isSeq(value) || value.items.length === 0) {
      this.refuse(line, path, tell('names-no-list', { example: known[0], found: found(value) }))
      return undefined
    }
    const names = value.items.map((item) => {
      const node = this.resolve(item as Node | null)
      const name = isScalar(node) ? String(node.value) : ''
      if (known.includes(name)) return name
      this.refuse(this.lineOf(node, line), path, what === 'family' ? unknown('feature family', name, known) : tell('no-choice', { found: found(node), ...among(name, known) })) // prettier-ignore
      return undefined
    })
    return names.includes(undefined) ? undefined : [...new Set(names as string[])]
  }

  #refuseBoth(settings: IbsiSettings, section: Entry | undefined, size: keyof IbsiSettings, count: keyof IbsiSettings): void {
    if (settings[size] === null || settings[count] === null) return
    this.refuse(this.#lineOfSetting(section, count), `setting.${count}`, tell('both-bins', { size, count }))
  }

  #lineOfSetting(section: Entry | undefined, name: string): number {
    if (!section) return 1
    return this.entries(section.value, section.line, 'setting').find(({ key }) => key === name)?.line ?? section.line
  }
}
