import type { Question, ReportPart } from '../clauseMessages.ts'
import type { ChecklistFacts, LearningFacts } from './facts.ts'
import type { ReportedItem } from './items.ts'

const nowhere = () => null
const always = (part: ReportPart) => () => part
/** Where the models were learnt here, and what is asked holds. */
const learnt = (part: ReportPart, holds: (learning: LearningFacts) => boolean = () => true) => ({ learning }: ChecklistFacts) => learning && holds(learning) ? part : null // prettier-ignore
const asked = (id: number, question: Question, who: ReportedItem['who'] = 'person'): ReportedItem => ({ id: String(id), who, at: nowhere, question }) // prettier-ignore
const told = (id: number, at: ReportedItem['at'], applies?: ReportedItem['applies']): ReportedItem => ({ id: String(id), who: 'program', at, ...(applies && { applies }) }) // prettier-ignore
const drafted = (id: number, at: ReportedItem['at'], question?: Question): ReportedItem => ({ id: String(id), who: 'draft', at, ...(question && { question }) }) // prettier-ignore

/**
 * The 58 items of CLEAR (Kocak et al. 2023, Insights into Imaging 14:75), and where this report says them. A table of features does not
 * know how they were extracted: 21 to 26 and 28 wait for a person.
 */
export const clearItems: readonly ReportedItem[] = [
  drafted(1, always('title page')),
  drafted(2, always('abstract')),
  drafted(3, nowhere),
  asked(4, 'background'),
  asked(5, 'rationale'),
  asked(6, 'objective'),
  drafted(7, always('clear')),
  asked(8, 'ethics'),
  drafted(9, learnt('sample size')),
  asked(10, 'design'),
  asked(11, 'recruitment', 'draft'),
  told(12, nowhere),
  asked(13, 'recruitment'),
  asked(14, 'overlap'),
  told(15, learnt('data')),
  asked(16, 'imaging', 'draft'),
  drafted(17, learnt('data')),
  asked(18, 'reference standard', 'draft'),
  asked(19, 'segmentation', 'draft'),
  asked(20, 'segmentation', 'draft'),
  ...[21, 22, 23, 24, 25, 26].map((id) => asked(id, 'extraction', 'program')),
  told(27, learnt('features')),
  asked(28, 'extraction', 'program'),
  told(29, learnt('data', ({ lacksValues }) => lacksValues), ({ learning }) => learning === null || learning.lacksValues),
  told(30, always('data')),
  told(31, learnt('selection', ({ steps }) => steps.has('agreement'))),
  told(32, learnt('models', ({ isScaled }) => isScaled)),
  told(33, learnt('selection', ({ steps }) => steps.size > 0)),
  told(34, learnt('models')),
  told(35, learnt('models')),
  drafted(36, learnt('data')),
  told(37, learnt('models')),
  told(38, ({ learning, validations }) => learning?.isResampled ? 'resampling' : validations > 0 ? 'results' : null),
  drafted(39, always('evaluation')),
  told(40, always('evaluation')),
  told(41, ({ comparesModels }) => (comparesModels ? 'results' : null)),
  drafted(42, learnt('models', ({ hasClinicalModel }) => hasClinicalModel)),
  told(43, learnt('model cards')),
  told(44, learnt('data')),
  drafted(45, learnt('flow')),
  told(46, learnt('model cards')),
  told(47, always('results')),
  drafted(48, learnt('results', ({ hasClinicalModel }) => hasClinicalModel)),
  asked(49, 'overview'),
  asked(50, 'earlier work'),
  asked(51, 'practice'),
  drafted(52, ({ warnings }) => (warnings > 0 ? 'reviewer' : null)),
  asked(53, 'example images'),
  ...[54, 55, 56, 57, 58].map((id) => asked(id, 'sharing', 'draft')),
] // prettier-ignore
