import type { FeatureClassName } from '../../../features/featureClasses.ts'
import {
  generalDefaults,
  generalGroups,
  generalHelp,
  type GeneralGroup,
  type GeneralSettings,
  type SettingHelp,
} from './generalSettings.ts'
import { imageTypeNames, imageTypeOf, type ImageTypeName, type ImageTypeSettings } from './imageTypes.ts'
import type { ExtractionSettings } from './parameters.ts'

/*
 * What every setting is, whatever it belongs to. The parameter file's reader and the form in the page both work from this table. Orders
 * are seen: in files, in the form, and in the hash of the parameters, by which a table is taken up again.
 */
export type SettingName = keyof ExtractionSettings

/** Settings that only one image type reads have a group of its name. */
export type SettingGroup = GeneralGroup | ImageTypeName

interface KnownSetting extends SettingHelp {
  readonly group: SettingGroup
  /** Only this filter reads the setting. */
  readonly imageType?: ImageTypeName
  /** Read only if one of these settings is on. */
  readonly onlyWith?: readonly SettingName[]
  /** Not read if that setting is on. */
  readonly notWith?: SettingName
}

const { voxelArrayShift, symmetricalGLCM, weightingNorm, gldm_a, ...firstDefaults } = generalDefaults

export const defaultSettings: ExtractionSettings = {
  ...firstDefaults,
  ...(mergeImageTypes((type) => imageTypeOf(type).defaults) as ImageTypeSettings),
  voxelArrayShift,
  symmetricalGLCM,
  weightingNorm,
  gldm_a,
}

const { output, ...firstGroups } = generalGroups

export const settingGroups: Readonly<Partial<Record<SettingGroup, string>>> = {
  ...firstGroups,
  ...Object.fromEntries(
    imageTypeNames
      .map((type) => [type, imageTypeOf(type)] as const)
      .filter(([, { settings }]) => Object.keys(settings).length > 0)
      .map(([type, { label }]) => [type, label]),
  ),
  output,
}

const { additionalInfo, ...firstHelp } = generalHelp

export const settingsHelp: Readonly<Record<SettingName, KnownSetting>> = {
  ...(firstHelp as Record<keyof GeneralSettings, KnownSetting>),
  ...(mergeImageTypes((type) =>
    Object.fromEntries(
      Object.entries(imageTypeOf(type).settings).map(([name, help]) => [name, { ...help, group: type, imageType: type }]),
    ),
  ) as Record<keyof ImageTypeSettings, KnownSetting>),
  additionalInfo,
}

function mergeImageTypes(partOf: (type: ImageTypeName) => object): object {
  return Object.assign({}, ...imageTypeNames.map(partOf)) as object
}

/** Does an image of this type read the setting, given the settings in force for it? */
export function isSettingUsed(name: SettingName, imageType: ImageTypeName, settings: ExtractionSettings): boolean {
  const { imageType: only, onlyWith, notWith } = settingsHelp[name]
  if (only !== undefined && only !== imageType) return false
  if (onlyWith !== undefined && !onlyWith.some((other) => settings[other])) return false
  return notWith === undefined || settings[notWith] === null
}

export const featureClassHelp: Readonly<Record<FeatureClassName, { readonly label: string; readonly help: string }>> = {
  shape: { label: 'Shape', help: 'Size and form of the region in 3D; does not depend on grey values.' },
  shape2D: { label: 'Shape 2D', help: 'Size and form of a region drawn in one slice. Needs force2D.' },
  firstorder: { label: 'First order', help: 'Which grey values the region has, wherever they are: mean, spread, extremes.' },
  glcm: { label: 'Co-occurrence (GLCM)', help: 'Which grey levels lie next to each other.' },
  glrlm: { label: 'Run length (GLRLM)', help: 'How long the straight runs of one grey level are.' },
  glszm: { label: 'Size zone (GLSZM)', help: 'How large the connected zones of one grey level are.' },
  gldm: { label: 'Dependence (GLDM)', help: 'How many neighbours of a voxel have a similar grey level.' },
  ngtdm: { label: 'Neighbourhood difference (NGTDM)', help: 'How much a voxel differs from the mean of its neighbours.' },
}
