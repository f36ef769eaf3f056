/* Columns by which a row of features tells what it was made from, beside those of PyRadiomics. */

/** SHA-256 of the parameters as JSON. */
export const parametersColumn = 'diagnostics_Texel_ParametersHash'
/** SHA-256 of the file or folder; of a study file's ROI the image's ID and content. */
export const imageColumn = 'diagnostics_Texel_ImageFileHash'
/** SHA-256 of the file; of a study file's ROI that of its voxels, see `hashMask`. */
export const maskColumn = 'diagnostics_Texel_MaskFileHash'
/** Of the program. */
export const versionColumn = 'diagnostics_Versions_Texel'
