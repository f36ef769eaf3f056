import { useEffect, useRef } from 'react'
import { readLearnAddress, writeLearnAddress, type LearnAddress } from '../../../state/learn/learnAddress.ts'

const restMs = 300

/**
 * The page's address says what is shown, so that a reload and a class find it. It is written once the hand rests: browsers take only so
 * many a minute. Other screens do not have it.
 * @param address of what is shown
 * @param open what an address asks for, at the start or while the screen is there; false where another place is asked for
 */
export function useLearnAddress(address: LearnAddress, open: (asked: LearnAddress) => boolean): void {
  const written = writeLearnAddress(address)
  const latest = useRef(open)
  /** What stands there for this place: the address of another one is not taken away. */
  const own = useRef('')
  /** The address as this place last knew it: one that came since asks for something, and is on its way. */
  const seen = useRef('')
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    const follow = () => {
      seen.current = location.hash
      const asked = readLearnAddress(location.hash)
      if (asked && latest.current(asked)) own.current = location.hash
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => {
      window.removeEventListener('hashchange', follow)
      if (location.hash === own.current) replaceHash('')
    }
  }, [])
  useEffect(() => {
    const write = () => {
      if (location.hash !== seen.current) return
      replaceHash(written)
      own.current = written
      seen.current = location.hash
    }
    const timer = setTimeout(write, restMs)
    return () => clearTimeout(timer)
  }, [written])
}

const replaceHash = (hash: string) => history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`)
