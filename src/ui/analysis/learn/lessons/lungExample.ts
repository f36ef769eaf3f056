/**
 * Four counts of Texel's own: logistic regression learnt on the lung table of one centre, its Youden cut-off carried to the 207 patients of
 * another (`reference/statistics/lung_two_centres/end_to_end.json`, made by R). The tables themselves are test data and are not shipped.
 */
export const lungExample = {
  truePositives: 45,
  falsePositives: 80,
  falseNegatives: 15,
  trueNegatives: 67,
  cutoff: 0.522921699035669,
}
