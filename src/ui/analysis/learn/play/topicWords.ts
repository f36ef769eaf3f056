import type { PlayTopic } from '../../../../state/learn/playground.ts'

export interface TopicWords {
  readonly label: string
  /** @param area true area under the curve, as it is shown */
  readonly title: (area: string, patients: string) => string
  readonly about: string
  readonly tries: readonly string[]
}

export const topicWords: Readonly<Record<PlayTopic, TopicWords>> = {
  roc: {
    label: 'ROC',
    title: () => 'How far apart are two kinds of patient?',
    about: 'The area under the curve is the chance that a positive patient has the higher score.',
    tries: [
      'Move the positive mean to 0: what is left of the curve?',
      'Move both means by the same: which curve moves?',
      'Set prevalence to 5 %: does the ROC curve know?',
    ],
  },
  cutoffs: {
    label: 'Cut-offs',
    title: () => 'What does one threshold decide?',
    about: 'One line through the scores is one point of every curve.',
    tries: [
      'Drag the line until 9 of 10 positive patients are found.',
      'Read the PPV there, then set prevalence to 5 %.',
      'Where is the benefit of treating by this score greatest?',
    ],
  },
  sampling: {
    label: 'Sampling error',
    title: (area, patients) => `What does AUC ${area} with ${patients} patients tell you?`,
    about: 'The true curve never changes; each thin line is one study drawn from it.',
    tries: [
      'Guess how far the AUCs spread, then draw.',
      'Set patients to 400. How much narrower?',
      'Set prevalence to 10 %: which curves spread most?',
    ],
  },
  calibration: {
    label: 'Calibration',
    title: () => 'Does the model mean what it says?',
    about: 'A model may rank patients well and tell them the wrong risk.',
    tries: [
      'Set overconfidence to × 1: which curves move?',
      'Raise its risks by 1: who is treated now?',
      'Find a belief that is worse than treating nobody.',
    ],
  },
  spreads: {
    label: 'Unequal spreads',
    title: () => 'What if one kind of patient is more spread?',
    about: 'A very low score speaks for the wider kind, too: the curve has a hook.',
    tries: [
      'Make the spreads equal: where does the hook go?',
      'Set both means to 0: is the AUC of 0.5 the whole story?',
      'Drag the line into the hook: what is worse than chance?',
    ],
  },
}
