import { Button, Popover } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { tellIssues } from './tellIssues.ts'
import { protocolSchema, type Protocol } from '../../../core/protocol/protocol.ts'

/**
 * Settings of a step behind a button. What the protocol's rules refuse is not taken over, and said.
 * @param children given what takes a change
 */
export function ProtocolPopover({
  protocol,
  onProtocol,
  children,
}: {
  protocol: Protocol
  onProtocol: (protocol: Protocol) => void
  children: (change: (part: object) => void) => ReactNode
}) {
  const [problem, setProblem] = useState<string | null>(null)
  const change = (part: object) => {
    const { success, data, error } = protocolSchema.safeParse({ ...protocol, ...part })
    setProblem(success ? null : tellIssues(error.issues, { ...protocol, ...part }))
    if (success) onProtocol(data)
  }
  return (
    <Popover position="bottom-end" width={420} withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button>Edit protocol</Button>
      </Popover.Target>
      <Popover.Dropdown className="protocolPopover">
        {children(change)}
        {problem && <p role="alert">Not taken over: {problem}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}
