import { ActionIcon, Popover } from '@mantine/core'
import type { ReactNode } from 'react'

/** What a figure shows, in words. */
export function Help({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Popover position="bottom-end" width={300} withArrow>
      <Popover.Target>
        <ActionIcon size={22} aria-label={`What ${title} shows`}>
          ?
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  )
}
