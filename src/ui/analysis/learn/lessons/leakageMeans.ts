/** Mean AUCs of docs/leakage.md: 20 studies of 250 training and 152 validation patients with 400 features of noise. */
export const leakageMeans = [
  { name: 'The patients it learnt from', auc: 0.863 },
  { name: 'Features chosen on all, then cross-validated', auc: 0.782 },
  { name: 'Selection repeated in every fold', auc: 0.498 },
  { name: 'Validation patients', auc: 0.497 },
] as const
