import { findNextToDo, type ToDo, type WorkListRow } from '../../core/study/workList.ts'
import type { DecodedImages } from '../decodedImages.ts'
import type { FoundVolume, ImagesState } from '../images.ts'
import { told } from '../messages.ts'
import type { Readable } from '../readable.ts'
import type { ReadersState } from '../readers.ts'
import type { RoiState } from '../roi.ts'
import type { ScreenState } from '../screen.ts'
import type { SecondState } from '../second.ts'
import type { WorkListState } from '../workList.ts'

export interface OpenPatientServices {
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'asleep' | 'wake'>>
  readonly roi: Readable<Pick<RoiState, 'open' | 'status' | 'recovery' | 'voxelCount' | 'restoreKept' | 'setProgress' | 'tell'>>
  readonly readers: Readable<Pick<ReadersState, 'reader' | 'study'>>
  readonly second: Readable<Pick<SecondState, 'awaited' | 'choose' | 'setWay' | 'awaitBeside'>>
  readonly screen: Readable<Pick<ScreenState, 'screen' | 'show' | 'showList'>>
  readonly workList: Readable<Pick<WorkListState, 'rows' | 'records' | 'choose'>>
  readonly decoded: DecodedImages
  readonly openImage: (found: FoundVolume) => Promise<void>
  /** Resolves when it is known which images of an earlier visit are at hand. */
  readonly whenLooked: () => Promise<unknown>
}

export type OpenPatient = ReturnType<typeof createOpenPatient>

/** From one patient to the next: what is opened, what is read ahead, and what is left to do. */
export function createOpenPatient(services: OpenPatientServices) {
  const { images, roi, readers, second, screen, workList, decoded, openImage, whenLooked } = services
  /** The last patient who was asked for: what is read for another one does not come to the front. */
  let wanted = 0

  /** Of the session, asleep or not. */
  const findImage = (id: string) => {
    const { volumes, asleep } = images.getState()
    return (
      volumes.find(({ volume }) => volume.source.identity?.image === id) ?? asleep.find(({ identity }) => identity.image === id)
    )
  }
  const read = async (id: string): Promise<FoundVolume | undefined> => {
    const found = findImage(id)
    return found && (images.getState().volumes.find((one) => one.id === found.id) ?? images.getState().wake(found.id))
  }
  const imagesOf = (row: WorkListRow) => row.cells.flatMap(({ image }) => image ?? [])
  const sessionIds = (ids: readonly string[]) => ids.flatMap((id) => findImage(id)?.id ?? [])

  /** Rows that the reader is to draw: where patients were drawn for a second reading, a second reader draws those. */
  const listToRead = (): readonly WorkListRow[] => {
    const { rows, records } = workList.getState()
    const { reader, study } = readers.getState()
    const isSecond = study.readers.findIndex(({ id }) => id === reader) > 0
    return isSecond && records?.study.rereading ? rows.filter(({ isReread }) => isReread) : rows
  }

  const findHand = (): ToDo | null => {
    const image = roi.getState().open?.image.source.identity?.image
    const row = workList.getState().rows.find(({ cells }) => cells.some((cell) => cell.image === image))
    return image !== undefined && row ? { patient: row.patient.id, image } : null
  }

  /** The region that an earlier session left of an image is laid on it again: on the list it counts as it is. */
  const restoreOwn = async () => {
    const { open, recovery, voxelCount, restoreKept } = roi.getState()
    if (open && recovery?.key === open.key && voxelCount === 0) await restoreKept()
  }

  /**
   * Shows a patient: the image to draw on large, another one of hers beside it. Her other images are read behind it, then the first
   * that is to be drawn of whom comes next.
   * @param image ID of one of hers; else the first that is to be drawn, else her first
   */
  async function openPatient(patient: string, image?: string): Promise<void> {
    const row = workList.getState().rows.find((one) => one.patient.id === patient)
    if (!row) return
    const turn = ++wanted
    const from = screen.getState().screen
    workList.getState().choose(patient)
    const own = imagesOf(row)
    const toDo = row.cells.find(({ image: id, progress }) => id !== null && progress !== 'complete' && progress !== 'locked')
    const findFirst = () => [image, toDo?.image, ...own].find((id) => typeof id === 'string' && findImage(id) !== undefined)
    if (findFirst() === undefined) await whenLooked()
    const first = findFirst()
    const found = typeof first === 'string' ? await read(first) : undefined
    // Who went to another step meanwhile is not brought back.
    if (turn !== wanted || screen.getState().screen !== from) return
    if (!found) {
      const { label } = row.patient
      roi.getState().tell(own.length === 0 ? told('no-role-yet', { label }) : told('images-not-here', { label }))
      return
    }
    decoded.use([found.id], sessionIds(own))
    screen.getState().showList(false)
    screen.getState().show('roi')
    // Of her others the last one of the roles, which is the enhanced one, and which is known before it is read.
    const besides = own.filter((id) => id !== first && findImage(id) !== undefined).reverse()
    showBeside(besides[0])
    await openImage(found)
    await restoreOwn()
    for (const [i, id] of besides.entries()) {
      const other = await read(id)
      if (turn !== wanted) return
      if (other) decoded.use([other.id], sessionIds(own))
      if (second.getState().awaited !== null) showBeside(other ? id : besides[i + 1])
    }
    const others = listToRead().map((one) => (one.patient.id === patient ? { ...one, cells: [] } : one))
    const next = findNextToDo(others, { patient, image: first! })
    const ahead = next && (await read(next.image))
    if (ahead && turn === wanted) decoded.use([ahead.id], sessionIds(own))
  }

  /** At once, or in the room that is kept for it until it is read. */
  const showBeside = (id: string | undefined) => {
    const found = id === undefined ? undefined : findImage(id)
    if (!found) return second.getState().choose(null)
    if (!images.getState().volumes.some((one) => one.id === found.id)) return second.getState().awaitBeside(found.name)
    second.getState().setWay('beside')
    second.getState().choose(found.id)
  }

  const nextToDo = async (): Promise<void> => {
    const next = findNextToDo(listToRead(), findHand())
    if (next) await openPatient(next.patient, next.image)
    else roi.getState().tell(told('all-done', {}))
  }

  return {
    openPatient,
    nextToDo,
    /** The phases of a patient's dynamic series that are not open yet are read, for their curve: she stays in hand. */
    async openPhases(patient: string): Promise<void> {
      const row = workList.getState().rows.find((one) => one.patient.id === patient)
      const turn = wanted
      for (const { image } of row?.patient.dce?.phases ?? []) {
        const found = await read(image)
        if (turn !== wanted) return
        if (found)
          decoded.use([found.id], sessionIds([...imagesOf(row!), ...row!.patient.dce!.phases.map((phase) => phase.image)]))
      }
    },
    /** The patient before the one in hand, on the reader's list. */
    async previousPatient(): Promise<void> {
      const rows = listToRead()
      const at = rows.findIndex(({ patient }) => patient.id === findHand()?.patient)
      if (at > 0) await openPatient(rows[at - 1].patient.id)
    },
    /** The region in hand is complete, and the next one comes; where it cannot be, it stays and says why. */
    async doneAndOn(): Promise<void> {
      if (roi.getState().status?.progress !== 'locked') await roi.getState().setProgress('complete')
      const progress = roi.getState().status?.progress
      if (progress === 'complete' || progress === 'locked') await nextToDo()
    },
    /** ID of the patient in hand, with the ID of her image. */
    findHand,
  }
}
