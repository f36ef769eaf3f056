import { appWords } from '../../messages/words/appWords.ts'

/** For whom has no data at hand: what the figures mean, on made patients. */
export function LearnLinks() {
  const { before, playground, between, lessons, after } = appWords().learnLinks
  return (
    <p className="dim">
      {before}
      <a className="link" href="#learn/play">
        {playground}
      </a>
      {between}
      <a className="link" href="#learn/lessons">
        {lessons}
      </a>
      {after}
    </p>
  )
}
