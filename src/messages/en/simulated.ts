/** Lies beside the files of a simulated study. */
export const simulatedReadme = `Everything in this folder is SIMULATED: no person was examined.

clinical.csv   the clinical table as a hospital would give it, with its mistakes
truth.csv      the table once they are set right, with HER2 status, cohort and scanner: for texel analyse and table1
cases.csv      the list that texel extract takes
truth.json     all that is true: latents, curves, times, what is awkward and what must be asked of a person
images/        NIfTI: FST2WI and the phases of the dynamic series (DCE-1 is before contrast)
masks/         the regions: 1 is the first reader, 2 the second one
dicom/         the same examinations as scanners write them, if they were asked for
`
