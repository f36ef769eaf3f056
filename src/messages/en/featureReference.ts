import type { FeatureClassName } from '../../core/features/featureClasses.ts'
import type { IbsiFamily } from '../../core/features/ibsi/definitions.ts'

/* Words of docs/features.md. */

export const preface = `# Features

Made by \`texel features\`, from what the program computes by. Features of PyRadiomics's profile stand by class, in the order of its tables, each beside the feature of the IBSI that has the same identifier in the reference manual (arXiv 1612.07003); its name in results ends in the aggregation and the identifier (\`ibsi_cm_joint_entr_3D_comb_TU9B\`). Where nothing is said the definition is the same. What the two profiles do otherwise before anything is measured (grid, rounding, levels, resegmentation), and how close Texel comes to both, says [equality.md](equality.md).

In formulas sums run over levels i and sizes, lengths or distances j of a matrix P; p is P divided by its sum. PyRadiomics takes the mean of glcm and glrlm over 13 directions unless \`weightingNorm\` is set; the IBSI names what it does in the feature's name.`

export const classTitles: Readonly<Record<FeatureClassName, string>> = {
  shape: 'shape in 3D',
  shape2D: 'shape in a plane',
  firstorder: 'first order',
  glcm: 'grey level co-occurrence',
  glrlm: 'grey level runs',
  glszm: 'grey level zones',
  gldm: 'grey level dependence',
  ngtdm: 'neighbourhood grey tone differences',
}

export const familyTitles: Readonly<Record<IbsiFamily, string>> = {
  morph: 'morphology',
  loc: 'local intensity',
  stat: 'intensity statistics',
  ih: 'intensity histogram',
  ivh: 'intensity-volume histogram',
  cm: 'grey level co-occurrence',
  rlm: 'grey level run length',
  szm: 'grey level size zones',
  dzm: 'grey level distance zones',
  ngt: 'neighbourhood grey tone differences',
  ngl: 'neighbouring grey level dependence',
}

const axes = 'The IBSI divides the covariance by N − 1, PyRadiomics by N: longer by √(N/(N−1))'
const neighbours = 'The IBSI leaves out voxels without a neighbour in the region, PyRadiomics counts them in n_i and N'

/** Where the IBSI defines a feature of the same identifier otherwise, by class and name. */
export const ibsiDiffers: Readonly<Record<string, string>> = {
  shape_MajorAxisLength: axes,
  shape_MinorAxisLength: axes,
  shape_LeastAxisLength: axes,
  firstorder_Kurtosis: 'The IBSI subtracts 3, PyRadiomics does not',
  ngtdm_Busyness: neighbours,
  ngtdm_Coarseness: neighbours,
  ngtdm_Complexity: neighbours,
  ngtdm_Contrast: neighbours,
  ngtdm_Strength: neighbours,
}
