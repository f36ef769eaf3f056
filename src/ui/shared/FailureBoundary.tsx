import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { ProgramLoadError } from '../../io/programLoadError.ts'
import { sayError } from '../../messages/say.ts'
import { Notice } from './Notice.tsx'

interface State {
  readonly failure: Error | null
}

/** Where a part of the page cannot be drawn, says so in its place: the rest of the page stays, where React would take it all away. */
export class FailureBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null }

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { failure } = this.state
    if (!failure) return this.props.children
    return (
      <div className="failure">
        <Notice kind="error">
          {failure instanceof ProgramLoadError
            ? sayError(failure)
            : `This part of the page cannot be shown: ${sayError(failure)}. What you drew is kept. Show it again, or reload the page.`}
        </Notice>
        <Button variant="default" onClick={() => this.setState({ failure: null })}>
          Show it again
        </Button>
      </div>
    )
  }
}
