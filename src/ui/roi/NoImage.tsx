import { Button } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useSession } from '../shared/session.ts'

/** The ROI screen while there is nothing to draw on. */
export function NoImage() {
  const { screenStore } = useSession()
  return (
    <div className="screen main">
      <div className="card emptyState">
        <IconStack2 size={34} stroke={1.3} color="var(--teal)" aria-hidden />
        <h1 tabIndex={-1} data-focus-home>
          No image is open
        </h1>
        <p>Drop a folder of a study anywhere on this page: its patients are listed here. Or open one image to draw on it.</p>
        <Button variant="default" onClick={() => screenStore.getState().show('images')}>
          Go to Images
        </Button>
      </div>
    </div>
  )
}
