/** For whom has no data at hand: what the figures mean, on made patients. */
export function LearnLinks() {
  return (
    <p className="dim">
      No data at hand? Learn what the figures mean in the{' '}
      <a className="link" href="#learn/play">
        playground
      </a>{' '}
      or in{' '}
      <a className="link" href="#learn/lessons">
        five lessons
      </a>
      .
    </p>
  )
}
