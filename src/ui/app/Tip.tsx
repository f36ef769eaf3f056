import { cloneElement, useEffect, useRef, useState, type HTMLAttributes, type ReactElement, type Ref } from 'react'
import { Tooltip } from './laterParts.ts'

/** As long as a tooltip of the other screens waits (theme.ts). */
const openDelay = 400

interface Props {
  readonly label: string
  readonly children: ReactElement<HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> }>
}

/** A tooltip on the first screen, which does not wait for what places tooltips: that weighs a tenth of the screen. */
export function Tip({ label, children }: Props) {
  const target = useRef<HTMLElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [hasFocus, setHasFocus] = useState(false)
  const [isShown, setIsShown] = useState(false)
  // It stays to fade out.
  const [wasWanted, setWasWanted] = useState(false)
  const isWanted = isOver || hasFocus
  if (isWanted && !wasWanted) setWasWanted(true)
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(isWanted), isWanted ? openDelay : 0)
    return () => clearTimeout(timer)
  }, [isWanted])
  return (
    <>
      {cloneElement(children, {
        ref: target,
        'aria-description': label,
        onMouseEnter: () => setIsOver(true),
        onMouseLeave: () => setIsOver(false),
        onFocus: () => setHasFocus(true),
        onBlur: () => setHasFocus(false),
      })}
      {wasWanted && <Tooltip target={target} label={label} opened={isShown} />}
    </>
  )
}
