import type { LearnScreen as Place } from '../../../state/screen.ts'
import '../analysis.css'
import '../charts/charts.css'
import { LessonsView } from './lessons/LessonsView.tsx'
import './learn.css'
import { PlaygroundView } from './play/PlaygroundView.tsx'

/** A truth that is set by hand, and lessons on it. */
export function LearnScreen({ screen }: { screen: Place }) {
  return <div className="screen analysis learn">{screen === 'playground' ? <PlaygroundView /> : <LessonsView />}</div>
}
