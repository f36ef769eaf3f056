import { Button } from '@mantine/core'
import { useState } from 'react'
import { writeLearnAddress, type LearnAddress } from '../../../state/learn/learnAddress.ts'

/** The address of what is shown, for a class. */
export function CopyLink({ address }: { address: () => LearnAddress }) {
  const [told, setTold] = useState('Copy link')
  const copy = () =>
    navigator.clipboard.writeText(`${location.href.split('#')[0]}${writeLearnAddress(address())}`).then(
      () => setTold('Link copied'),
      () => setTold('Not copied: take it from the address bar'),
    )
  return (
    <Button onClick={() => void copy()} onBlur={() => setTold('Copy link')}>
      <span aria-live="polite">{told}</span>
    </Button>
  )
}
