/** Lies in the study file that the program saves. */
export const studyReadme = `A Texel study. Nothing in it names a patient; what does stays on the computer where it was saved.

texel-study.json       format, program, counts, contents, and the hash of the cohorts once they are fixed
patients.csv           a row a patient: label, centre, batch (scanner and protocol), cohort, the dynamic series
exclusions.csv         who is left out, and why; also: reasons that hold besides
clinical.csv           with a clinical table: what it says of each patient, as it is read; no dates, no free text, ages up to 90
clinical-doubts.json   what is doubtful in that table: it is decided where the table lies, or as "chosen" for --clinical-doubts
images.csv             a row an image: its role, phase and time, its grid, what its scan was; image is SHA-256 of its identifiers
regions.csv            a row an ROI: its file, reader, lesion, how far it is, voxels, volume, SHA-256 of its mask
masks/LABEL/ROLE.READER.nii.gz   ROIs on the whole grid of their image, for any viewer; of a second lesion ROLE.READER.L2.nii.gz
images/LABEL/ROLE.nii.gz         where images were asked for: their voxels, and nothing of their headers but the grid
features/READER.parquet          features, a row an ROI; features/columns.json and parameters-*.yaml say from what they were made
parameters.yaml        what is computed of each ROI
protocol.yaml          where the study's own tables were analysed: what was done; of a second task protocol-1.yaml or protocol-2.yaml
analysis.json          the tasks, and what was answered in the report; analysis/ has the tables as they were analysed, records/KEY.json the result of each stage
cohorts.csv            who learns and who is judged, once that is fixed; cohorts.json has the plan and its hash
decisions.json         what was or is to be decided of the images: write the id of an option as "chosen", for texel study --import --decisions
rules.json             what was said of all images alike, for texel study --import --rules
study-records.json     all records as the program reads them again
journal.jsonl          what was done, a line an act
removed.csv            what was left behind, and how often
SHA256SUMS             check sums of the files above: sha256sum -c SHA256SUMS

To compute the features on other machines, by the command line (FOLDER has the images, unless they are in this file):

  texel study STUDY.zip --extract --images FOLDER --output features.csv

or in parts, as many as there are machines or jobs, and then as one table:

  texel study STUDY.zip --extract --images FOLDER --output part1.csv --shard 1/4 --resume
  texel merge --study STUDY.zip --output features.csv part1.csv part2.csv part3.csv part4.csv

Both leave features.csv.rows.csv, with features.csv.rows.csv.run.json. Features, Compute on other machines takes the two back: those rows that
were made of the ROIs, images and parameters that are there then.

Free texts of scanners stand there only if three or more patients share them and no word in them is part of a name, an ID,
a date or an institution of these patients. The program opens the file again as a study, or merges it into one.
`
