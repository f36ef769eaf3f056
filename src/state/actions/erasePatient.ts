import { DataError } from '../../core/messages/message.ts'
import { imageIdOf } from '../../core/study/study.ts'
import { programServer } from '../../io/programServer.ts'
import type { Erased } from '../../storage/erasePatient.ts'
import type { Database } from '../../storage/schema.ts'
import type { TabClaims } from '../claimTab.ts'
import type { ImagesState } from '../images.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import type { RoiState } from '../roi.ts'

export interface EraserServices {
  readonly database: Database
  readonly claims: Pick<TabClaims, 'isElsewhere'>
  readonly images: Readable<Pick<ImagesState, 'volumes'>>
  readonly roi: Readable<Pick<RoiState, 'whenKept' | 'close'>>
  /** Other tabs look again. */
  readonly announce: () => void
}

/**
 * Takes a patient who withdrew out of this browser; the page is to be loaded again after it, since it has seen her.
 * @throws DataError if another tab has one of her images
 */
export const createEraser =
  ({ database, claims, images, roi, announce }: EraserServices) =>
  async (id: string): Promise<Erased> => {
    await roi.getState().whenKept()
    const own = new Set(await database.images.where('patient').equals(id).primaryKeys())
    for (const { key } of await database.regions.filter(({ image }) => own.has(imageIdOf(image))).toArray())
      if (await claims.isElsewhere(key)) throw new DataError(told('erase-open-elsewhere', {}))
    for (const { id: opened, volume } of images.getState().volumes)
      if (volume.source.identity && own.has(volume.source.identity.image)) roi.getState().close(opened)
    const { erasePatient } = await programServer.load(() => import('../../storage/erasePatient.ts'))
    const erased = await erasePatient(database, id)
    announce()
    return erased
  }
