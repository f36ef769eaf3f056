import { dimensionOf, type Aggregation } from './aggregations.ts'

/*
 * The features of the IBSI reference manual (arXiv 1612.07003) that have consensus values: their families, tags and identifiers.
 */

export const ibsiFamilies = ['morph', 'loc', 'stat', 'ih', 'ivh', 'cm', 'rlm', 'szm', 'dzm', 'ngt', 'ngl'] as const
export type IbsiFamily = (typeof ibsiFamilies)[number]

interface IbsiFeature {
  /** The tag without its family, as the consensus values are listed. */
  readonly tag: string
  /** Of the manual, 4 characters. */
  readonly identifier: string
  /** 'mm', 'grey level' ...; '1' for a pure number. */
  readonly unit: string
}

interface Family {
  /** Of the manual. */
  readonly identifier: string
  /** What its matrices are aggregated over; null: it has none. */
  readonly aggregation: 'directions' | 'slices' | null
  readonly features: readonly IbsiFeature[]
}

type Row = readonly [tag: string, identifier: string, unit?: string]

function family(identifier: string, aggregation: Family['aggregation'], rows: readonly Row[]): Family {
  return { identifier, aggregation, features: rows.map(([tag, id, unit = '1']) => ({ tag, identifier: id, unit })) }
}

/** In the order of the consensus values. */
export const ibsiDefinitions: Readonly<Record<IbsiFamily, Family>> = {
  morph: family('HCUG', null, [
    ['volume', 'RNU0', 'mm³'], ['vol_approx', 'YEKZ', 'mm³'], ['area_mesh', 'C0JK', 'mm²'], ['av', '2PR5', '1/mm'], ['comp_1', 'SKGS'],
    ['comp_2', 'BQWJ'], ['sph_dispr', 'KRCK'], ['sphericity', 'QCFX'], ['asphericity', '25C7'], ['com', 'KLMA', 'mm'], ['diam', 'L0JK', 'mm'],
    ['pca_maj_axis', 'TDIC', 'mm'], ['pca_min_axis', 'P9VJ', 'mm'], ['pca_least_axis', '7J51', 'mm'], ['pca_elongation', 'Q3CK'],
    ['pca_flatness', 'N17B'], ['vol_dens_aabb', 'PBX1'], ['area_dens_aabb', 'R59B'], ['vol_dens_aee', '6BDE'], ['area_dens_aee', 'RDD2'],
    ['vol_dens_conv_hull', 'R3ER'], ['area_dens_conv_hull', '7T7F'], ['integ_int', '99N0', 'grey level·mm³'], ['moran_i', 'N365'],
    ['geary_c', 'NPT7'],
  ]),
  loc: family('9ST6', null, [
    ['peak_loc', 'VJGA', 'grey level'], ['peak_glob', '0F91', 'grey level'],
  ]),
  stat: family('UHIW', null, [
    ['mean', 'Q4LE', 'grey level'], ['var', 'ECT3', 'grey level²'], ['skew', 'KE2A'], ['kurt', 'IPH6'], ['median', 'Y12H', 'grey level'],
    ['min', '1GSF', 'grey level'], ['p10', 'QG58', 'grey level'], ['p90', '8DWT', 'grey level'], ['max', '84IY', 'grey level'],
    ['iqr', 'SALO', 'grey level'], ['range', '2OJQ', 'grey level'], ['mad', '4FUA', 'grey level'], ['rmad', '1128', 'grey level'],
    ['medad', 'N72L', 'grey level'], ['cov', '7TET'], ['qcod', '9S40'], ['energy', 'N8CA', 'grey level²'], ['rms', '5ZWQ', 'grey level'],
  ]),
  ih: family('ZVCW', null, [
    ['mean', 'X6K6'], ['var', 'CH89'], ['skew', '88K1'], ['kurt', 'C3I7'], ['median', 'WIFQ'], ['min', '1PR8'], ['p10', 'GPMT'], ['p90', 'OZ0C'],
    ['max', '3NCY'], ['mode', 'AMMC'], ['iqr', 'WR0O'], ['range', '5Z3W'], ['mad', 'D2ZX'], ['rmad', 'WRZB'], ['medad', '4RNL'], ['cov', 'CWYJ'],
    ['qcod', 'SLWD'], ['entropy', 'TLU2', 'bit'], ['uniformity', 'BJ5W'], ['max_grad', '12CE'], ['max_grad_g', '8E6O'], ['min_grad', 'VQB3'],
    ['min_grad_g', 'RHQZ'],
  ]),
  ivh: family('P88C', null, [
    ['v10', 'NK6P'], ['v90', '4279'], ['i10', 'PWN1', 'grey level'], ['i90', 'BOHI', 'grey level'], ['diff_v10_v90', 'WITY'],
    ['diff_i10_i90', 'JXJA', 'grey level'],
  ]),
  cm: family('LFYI', 'directions', [
    ['joint_max', 'GYBY'], ['joint_avg', '60VM'], ['joint_var', 'UR99'], ['joint_entr', 'TU9B', 'bit'], ['diff_avg', 'TF7R'],
    ['diff_var', 'D3YU'], ['diff_entr', 'NTRS', 'bit'], ['sum_avg', 'ZGXS'], ['sum_var', 'OEEB'], ['sum_entr', 'P6QZ', 'bit'],
    ['energy', '8ZQL'], ['contrast', 'ACUI'], ['dissimilarity', '8S9J'], ['inv_diff', 'IB1Z'], ['inv_diff_norm', 'NDRX'],
    ['inv_diff_mom', 'WF0Z'], ['inv_diff_mom_norm', '1QCO'], ['inv_var', 'E8JP'], ['corr', 'NI2N'], ['auto_corr', 'QWB0'],
    ['clust_tend', 'DG8W'], ['clust_shade', '7NFM'], ['clust_prom', 'AE86'], ['info_corr1', 'R8DG'], ['info_corr2', 'JN9H'],
  ]),
  rlm: family('TP0I', 'directions', [
    ['sre', '22OV'], ['lre', 'W4KF'], ['lgre', 'V3SW'], ['hgre', 'G3QZ'], ['srlge', 'HTZT'], ['srhge', 'GD3A'], ['lrlge', 'IVPO'],
    ['lrhge', '3KUM'], ['glnu', 'R5YN'], ['glnu_norm', 'OVBL'], ['rlnu', 'W92Y'], ['rlnu_norm', 'IC23'], ['r_perc', '9ZK5'], ['gl_var', '8CE5'],
    ['rl_var', 'SXLW'], ['rl_entr', 'HJ9O', 'bit'],
  ]),
  szm: family('9SAK', 'slices', [
    ['sze', '5QRC'], ['lze', '48P8'], ['lgze', 'XMSY'], ['hgze', '5GN9'], ['szlge', '5RAI'], ['szhge', 'HW1V'], ['lzlge', 'YH51'],
    ['lzhge', 'J17V'], ['glnu', 'JNSA'], ['glnu_norm', 'Y1RO'], ['zsnu', '4JP3'], ['zsnu_norm', 'VB3A'], ['z_perc', 'P30P'], ['gl_var', 'BYLV'],
    ['zs_var', '3NSA'], ['zs_entr', 'GU8N', 'bit'],
  ]),
  dzm: family('VMDZ', 'slices', [
    ['sde', '0GBI'], ['lde', 'MB4I'], ['lgze', 'S1RA'], ['hgze', 'K26C'], ['sdlge', 'RUVG'], ['sdhge', 'DKNJ'], ['ldlge', 'A7WM'],
    ['ldhge', 'KLTH'], ['glnu', 'VFT7'], ['glnu_norm', '7HP3'], ['zdnu', 'V294'], ['zdnu_norm', 'IATH'], ['z_perc', 'VIWW'], ['gl_var', 'QK93'],
    ['zd_var', '7WT1'], ['zd_entr', 'GBDU', 'bit'],
  ]),
  ngt: family('IPET', 'slices', [
    ['coarseness', 'QCDE'], ['contrast', '65HE'], ['busyness', 'NQ30'], ['complexity', 'HDEZ'], ['strength', '1X9X'],
  ]),
  ngl: family('REK0', 'slices', [
    ['lde', 'SODN'], ['hde', 'IMOQ'], ['lgce', 'TL9H'], ['hgce', 'OAE7'], ['ldlge', 'EQ3F'], ['ldhge', 'JA6D'], ['hdlge', 'NBZI'],
    ['hdhge', '9QMG'], ['glnu', 'FP8K'], ['glnu_norm', '5SPA'], ['dcnu', 'Z87G'], ['dcnu_norm', 'OKJI'], ['dc_perc', '6XV8'], ['gl_var', '1PFV'],
    ['dc_var', 'DNX2'], ['dc_entr', 'FCBV', 'bit'], ['dc_energy', 'CAS9'],
  ]),
} // prettier-ignore

/** The suffixes of the features of a family, one each for what is asked for; '' for a family without matrices. */
function suffixesOf(name: IbsiFamily, wanted: readonly Aggregation[]): readonly string[] {
  switch (ibsiDefinitions[name].aggregation) {
    case null:
      return ['']
    case 'directions':
      return wanted.map((aggregation) => `_${aggregation}`)
    case 'slices':
      return [...new Set(wanted.map(dimensionOf))].map((dimension) => `_${dimension}`)
  }
}

/** A feature of the IBSI: the tag of its consensus value, and the name it has in results, which holds its identifier too. */
export interface IbsiFeatureName {
  /** With family and aggregation, e.g. `cm_joint_entr_3D_avg`. */
  readonly tag: string
  /** E.g. `cm_joint_entr_3D_avg_TU9B`. */
  readonly name: string
}

/** In the order of the manual. */
export function listIbsiFeatures(family: IbsiFamily, wanted: readonly Aggregation[]): IbsiFeatureName[] {
  return suffixesOf(family, wanted).flatMap((suffix) =>
    ibsiDefinitions[family].features.map(({ tag, identifier }) => ({
      tag: `${family}_${tag}${suffix}`,
      name: `${family}_${tag}${suffix}_${identifier}`,
    })),
  )
}
