import type { ProtocolHelpKey } from '../../core/protocol/protocolHelp.ts'

export const protocolHelp: Readonly<Record<ProtocolHelpKey, string>> = {
  'harmonise.mode': 'Whose values ComBat learns from. "reference" lets a new centre join without touching the training values.',
  'harmonise.batch': 'Columns of the clinical table; several are crossed into one factor.',
  'harmonise.referenceBatch': 'The batch that stays as it is and that all others are brought to.',
  'harmonise.covariates': 'Clinical columns whose effect ComBat keeps; never the outcome.',
  'harmonise.factors':
    'Of the covariates, those that are levels although written as numbers; one that is named here alone is kept too.',
  'harmonise.minimumNewBatch': 'In the mode "reference": fewest patients of a new batch.',
  'harmonise.allowUnharmonised': 'Patients of batches that cannot be harmonised go on as they are, marked so.',
  'agreement.form': 'As psych names them; ICC2 is ICC(2,1), ICC(A,1).',
  'agreement.beforeHarmonisation': 'ICC of the values as measured.',
  'agreement.readings':
    'Whose the two readings are: agreement between readers (the default), or of one reader with herself. It is told so; the numbers are the same.',
  rankSum: 'Wilcoxon rank-sum test',
  redundancy: 'Of two features whose |Spearman| exceeds the limit, one goes.',
  'boruta.roughFix': 'Decide tentative features by TentativeRoughFix instead of dropping them.',
  elimination: 'Recursive feature elimination with a forest.',
  classWeights: 'balanced: both classes count alike in training; the scores are then no probabilities.',
  'clinical.reference': 'The level that the others are compared with.',
  features: 'Features: those that the steps of select left, none, or those named.',
  clinical:
    'Columns of the clinical table: of numbers by name, of categories with the level that the others are compared with ({ column: TIC, reference: I }).',
  'forest.mtry': 'Features tried at a split; default: root of their number, rounded down.',
  'forest.tune': 'Choose mtry by inner cross-validation on training; for the engine wasm.',
  'svm.gamma': 'Default: 1 / number of features.',
  'svm.tune': 'Choose cost and gamma by inner cross-validation on training.',
  plan: 'What was expected before the study: the report says how many patients that asks for (texel plan) beside how many there were. No result changes by it.',
  'plan.parameters': 'Coefficients that are estimated, with all features that selection may choose from.',
  order:
    'canonical: rows are sorted by ID and columns by name before anything is drawn, so that a table in another order gives the same results.',
  'outcome.positive': 'Value of the positive class, where it is not plain (1, yes, positive).',
  cohort: 'Column of the clinical table; every other value of it is a validation cohort.',
  'cohort.freeze':
    'SHA-256 of the cohorts as the study fixed them before anything was learnt; it stands in every file of what is learnt.',
  patient:
    'Clinical column that says whose each row is, where patients have several rows (lesions): they stay on one side of every split, fold, bootstrap and bag, and intervals count patients.',
  readers: 'Values of the column reader; default: in order of appearance.',
  missing:
    'What to do with missing values of features and clinical predictors. complete cases: patients who lack one are left out. median of training: it is learnt in each fold from the patients who learn there (of a category the most frequent level). drop feature: features that a training patient lacks are left out.',
  'evaluate.cutoffTarget': 'The sensitivity or specificity to be reached on training.',
  'evaluate.costOfMiss': 'cutoff cost: what a missed positive costs, in false alarms.',
  'evaluate.prevalence':
    'Share of positives in the population of interest, for PPV, NPV, net benefit and cutoff cost; default: that of the cohort (cutoff cost: of training).',
  'evaluate.reclassification':
    'NRI and IDI of every two models, with the borders of risk classes, or category-free without borders.',
  'evaluate.intervals':
    'Of sensitivity, specificity, PPV and NPV in table2.csv; bootstrap (stratified) is that of the paper. cutoffs.csv has both.',
  'evaluate.thresholds': 'Threshold probabilities of the decision curves.',
  'resample.repeats': '0: no nested cross-validation.',
  'resample.bootstraps':
    'Bootstrap samples that go the whole path, for the AUC corrected for optimism; 0: none. Each takes as long as the path.',
}
