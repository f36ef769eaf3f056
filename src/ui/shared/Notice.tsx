import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { appWords } from '../../messages/words/appWords.ts'

type Kind = 'info' | 'warn' | 'error' | 'safe'

const icons = { info: IconInfoCircle, warn: IconAlertTriangle, error: IconCircleX, safe: IconCircleCheck }

/** Something the user should know, in place. Errors are read out at once, the rest when there is time. */
export function Notice({ kind, children, onClose }: { kind: Kind; children: ReactNode; onClose?: () => void }) {
  const Icon = icons[kind]
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden />
      <div className="body">{children}</div>
      {onClose && (
        <ActionIcon size={22} aria-label={appWords().dismiss} onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
