import type { Command } from 'commander'
import { nameInFormula, type FeatureDefinition } from '../src/core/features/definition.ts'
import { ibsiDefinitions, ibsiFamilies, type IbsiFamily } from '../src/core/features/ibsi/definitions.ts'
import { featureDefinitions } from '../src/core/features/registry.ts'
import { featureOptionNames } from '../src/core/parameters/profiles/pyradiomics.ts'
import { classTitles, familyTitles, ibsiDiffers, preface } from '../src/messages/en/featureReference.ts'
import { featureMeanings } from '../src/messages/en/features.ts'

export function addFeaturesCommand(program: Command): void {
  program
    .command('features')
    .description('Print every feature with its definitions by PyRadiomics and by the IBSI, as Markdown (docs/features.md).')
    .action(() => void process.stdout.write(writeFeatureReference()))
}

interface Counterpart {
  readonly tag: string
  readonly family: IbsiFamily
}

/** The features of the IBSI by their identifiers. */
const ofIbsi: ReadonlyMap<string, Counterpart> = new Map(
  ibsiFamilies.flatMap((family) =>
    ibsiDefinitions[family].features.map(({ tag, identifier }) => [identifier, { tag: `${family}_${tag}`, family }] as const),
  ),
)

function writeFeatureReference(): string {
  const definitions = Object.values(featureDefinitions)
  const shared = new Set(definitions.flat().flatMap(({ ibsi }) => ibsi ?? []))
  const parts = [
    ...definitions.map((list) => [
      `## ${list[0].featureClass}: ${classTitles[list[0].featureClass]}`,
      writeTable(['Feature of PyRadiomics', 'What it says', 'Formula', 'Unit', 'Of the IBSI'], list.map(describe)),
    ]),
    ['## Of the IBSI alone', ...ibsiFamilies.flatMap((family) => describeFamily(family, shared))],
  ]
  return `${[preface, ...parts.flat()].join('\n\n')}\n`
}

function describe(definition: FeatureDefinition): readonly string[] {
  const { featureClass, name, unit, ibsi, deprecated, replacedBy } = definition
  const full = `${featureClass}_${name}`
  const meaning = featureMeanings[featureClass][name]
  return [
    `\`${full}\`${deprecated ? ' (only when named)' : ''}`,
    replacedBy ? `${meaning ?? ''} No value: use ${replacedBy}.`.trim() : (meaning ?? ''),
    `\`${nameInFormula(definition, featureOptionNames)}\``,
    unit,
    ibsi === undefined ? '–' : [nameOfIbsi(ibsi), ibsiDiffers[full]].filter(Boolean).join('. '),
  ]
}

function nameOfIbsi(identifier: string): string {
  const found = ofIbsi.get(identifier)
  return found ? `\`${found.tag}\` ${identifier}` : identifier
}

/** What PyRadiomics does not have. */
function describeFamily(family: IbsiFamily, shared: ReadonlySet<string>): readonly string[] {
  const rows = ibsiDefinitions[family].features.filter(({ identifier }) => !shared.has(identifier))
  if (rows.length === 0) return []
  return [
    `### ${family}: ${familyTitles[family]} (${ibsiDefinitions[family].identifier})`,
    writeTable(
      ['Feature of the IBSI', 'Identifier', 'Unit'],
      rows.map(({ tag, identifier, unit }) => [`\`${family}_${tag}\``, identifier, unit]),
    ),
  ]
}

function writeTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
