import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { ProgramLoadError } from '../../io/programLoadError.ts'
import { sayError } from '../../messages/say.ts'
import { Notice } from './Notice.tsx'
import { appWords } from '../../messages/words/appWords.ts'

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
          {failure instanceof ProgramLoadError ? sayError(failure) : appWords().cannotShow(sayError(failure))}
        </Notice>
        <Button variant="default" onClick={() => this.setState({ failure: null })}>
          {appWords().showAgain}
        </Button>
      </div>
    )
  }
}
