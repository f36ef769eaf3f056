import { serverIsGone, type ProgramServer } from '../../io/programServer.ts'
import type { DeletionsState } from '../deletions.ts'
import { leaveForgetMark, type ForgetMark } from '../forgetMark.ts'
import type { Readable } from '../readable.ts'

export interface ForgetServices {
  readonly deletions: Readable<Pick<DeletionsState, 'refuse'>>
  readonly server: Pick<ProgramServer, 'ask'>
  /** Tells the other tabs. */
  readonly announce: () => void
  /** Of this tab alone. */
  readonly tabStorage: Parameters<typeof leaveForgetMark>[0]
  readonly reload: () => void
  readonly now: () => number
}

export function createForget({ deletions, server, announce, tabStorage, reload, now }: ForgetServices) {
  let isForgetting = false
  function loadToForget(mark: ForgetMark): void {
    isForgetting = true
    leaveForgetMark(tabStorage, mark, now())
    reload()
  }
  return {
    /** Whether the page is being left because everything is to be forgotten: nothing is asked any more. */
    isForgetting: () => isForgetting,
    /**
     * Removes all that is kept in this browser, and closes the other tabs to work; see `forgetMark.ts`. Nothing is asked. Refused, with
     * a word, while the page's own server is gone: the page that forgets comes from it.
     */
    async forgetEverythingHere(): Promise<void> {
      if (!(await server.ask())) {
        deletions.getState().refuse(serverIsGone)
        return
      }
      announce()
      loadToForget('here')
    },
    /** Another tab forgets everything: this one ends its work. */
    forgottenElsewhere: () => loadToForget('elsewhere'),
  }
}
