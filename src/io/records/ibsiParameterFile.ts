import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml'
import { ibsiFamilies, type IbsiFamily } from '../../core/features/ibsi/definitions.ts'
import {
  ibsiDefaults,
  ibsiSettingRows,
  type IbsiParameters,
  type IbsiSettings,
} from '../../core/parameters/profiles/ibsi/parameters.ts'
import { tell } from './messages.ts'
import { among, found, isNull, readYaml, unknown, YamlReader, type Entry } from './yamlReader.ts'

const sectionNames = ['profile', 'setting', 'family']

/** Whether a parameter file names a profile: it is then one of this reader, which refuses other names. */
export function saysIbsi(text: string): boolean {
  const { contents } = parseDocument(text, { prettyErrors: false })
  return isMap(contents) && contents.has('profile')
}

/**
 * Reads a parameter file of the IBSI's profile: `profile: IBSI`, settings, and the families that are wanted (all, if it does not say).
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
    return { profile: 'IBSI', settings, families: this.#readFamilies(sections.get('family')) }
  }

  #readSettings(section: Entry | undefined): Partial<IbsiSettings> {
    const settings: Record<string, unknown> = {}
    for (const { key, value, line } of section ? this.entries(section.value, section.line, 'setting') : []) {
      const path = `setting.${key}`
      if (!Object.hasOwn(ibsiSettingRows, key)) {
        this.refuse(line, path, unknown('setting', key, Object.keys(ibsiSettingRows)))
        continue
      }
      const read = this.#readSetting(key as keyof IbsiSettings, value, line, path)
      if (read !== undefined) settings[key] = read
    }
    // Bins of a size take the place of the number of bins that stands where a file says nothing.
    if (typeof settings.binWidth === 'number' && settings.binCount === undefined) settings.binCount = null
    if (typeof settings.ivhBinWidth === 'number' && settings.ivhBinCount === undefined) settings.ivhBinCount = null
    return settings
  }

  /** Undefined if it was refused. */
  #readSetting(name: keyof IbsiSettings, value: Node | null, line: number, path: string): unknown {
    const { type, nullMeans } = ibsiSettingRows[name]
    if (isNull(value) && nullMeans === 'off') return null
    if (type.kind === 'choices') return this.#readNames(value, line, path, type.choices, 'setting')
    const refuse = this.refuserAt(type, value, line, path)
    switch (type.kind) {
      case 'boolean':
        return isScalar(value) && typeof value.value === 'boolean' ? value.value : refuse()
      case 'integer':
      case 'number':
        return this.readNumber(type, value, refuse)
      case 'choice': {
        const given = isScalar(value) ? String(value.value) : ''
        return type.choices.includes(given)
          ? given
          : refuse(tell('no-choice', { found: found(value), ...among(given, type.choices) }))
      }
      case 'list': {
        const numbers = this.readNumbers(type, value, refuse)
        if (!numbers) return undefined
        return type.lengths?.includes(numbers.length) === false
          ? refuse(tell('list-length', { type, found: numbers.length }))
          : numbers.map((number) => number.value)
      }
    }
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
