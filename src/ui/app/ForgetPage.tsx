import { Button, MantineProvider, Progress } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ForgetMark } from '../../state/forgetMark.ts'
import { forgetEverything, type BrowserStores } from '../../storage/forgetEverything.ts'
import { theme } from './theme.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import { say } from '../../messages/say.ts'

type Forgetting =
  | { readonly status: 'running'; readonly isBlocked: boolean }
  | { readonly status: 'done' }
  | { readonly status: 'left'; readonly left: readonly Message[] }

/** Stands in the place of the program while everything is forgotten, and after it, until somebody begins anew. */
export function ForgetPage({ mark }: { mark: ForgetMark }) {
  const [forgetting, setForgetting] = useState<Forgetting>({ status: 'running', isBlocked: false })
  const isBegun = useRef(false)
  const run = () => {
    forgetEverything(findStores(), (isBlocked) => setForgetting({ status: 'running', isBlocked })).then(
      (left) => setForgetting(left.length === 0 ? { status: 'done' } : { status: 'left', left }),
      (error: unknown) => setForgetting({ status: 'left', left: [messageOf(error)] }),
    )
  }
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    if (mark === 'here') run()
    // The other tab removes everything but what is this tab's alone.
    else sessionStorage.clear()
  }, [mark])
  return (
    <MantineProvider theme={theme} defaultColorScheme="dark" forceColorScheme="dark">
      <main className="forgetPage">
        <img src="./texel.svg" width={32} height={32} alt="" />
        {mark === 'elsewhere' ? (
          <Ended title="Everything was forgotten in another tab">
            What Texel kept in this browser was removed there, and what was open here is closed.
          </Ended>
        ) : forgetting.status === 'running' ? (
          <div role="status">
            <h1>Forgetting everything …</h1>
            {forgetting.isBlocked && <p>Another tab or window of Texel is still open. Close it, and this goes on by itself.</p>}
            <Progress mt={12} value={100} animated aria-label="Forgetting everything" />
          </div>
        ) : forgetting.status === 'done' ? (
          <Ended title="Everything is forgotten">
            Nothing of yours is kept by Texel in this browser any more. Your own files and folders were not touched.
          </Ended>
        ) : (
          <div role="alert">
            <h1>Not everything could be removed</h1>
            <p>Still there: {forgetting.left.map(say).join(', ')}. Close all other tabs and windows of Texel and try again.</p>
            <Button
              mt={12}
              onClick={() => {
                setForgetting({ status: 'running', isBlocked: false })
                run()
              }}
            >
              Try again
            </Button>
          </div>
        )}
      </main>
    </MantineProvider>
  )
}

function Ended({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="status">
      <h1>{title}</h1>
      <p>{children} You can close this tab, or begin anew.</p>
      <Button mt={12} variant="default" onClick={() => location.reload()}>
        Begin anew
      </Button>
    </div>
  )
}

function findStores(): BrowserStores {
  return {
    indexedDB,
    // Missing in pages that are not from this machine or over https.
    caches: globalThis.caches,
    openDirectory: navigator.storage?.getDirectory && (() => navigator.storage.getDirectory()),
    serviceWorkers: navigator.serviceWorker,
    local: localStorage,
    session: sessionStorage,
  }
}
