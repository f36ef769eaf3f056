import type { KeptThing, StorageMessages } from '../../storage/messages.ts'
import type { Sentences } from '../sentences.ts'

const several: Readonly<Record<KeptThing, string>> = {
  database: 'databases',
  cache: 'caches',
  file: 'files',
  'service worker': 'service workers',
  setting: 'settings',
  'setting of this tab': 'settings of this tab',
}

export const storage: Sentences<StorageMessages> = {
  'still-there': ({ what, count }) => `${count} ${count === 1 ? what : several[what]}`,
  'not-removed': ({ what, reason }, say) => `${several[what]}: ${say(reason)}`,
}
