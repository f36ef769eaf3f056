import '../analysis.css'
import '../charts/charts.css'
import './learn.css'
import { PlaygroundView } from './play/PlaygroundView.tsx'

/** A truth that is set by hand. */
export function LearnScreen() {
  return (
    <div className="screen analysis learn">
      <PlaygroundView />
    </div>
  )
}
