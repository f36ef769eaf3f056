import type { LesionId, ReaderId, Study } from './study.ts'

/** The lesion of a region where nobody named another one. */
export const firstLesion: LesionId = 'L1'

/** What a reader is called who has given no name. */
export const defaultReaderName = (id: ReaderId): string => `Reader ${id}`

/** The study of all images that are opened without one: two readers, of whom neither sees what the other drew. */
export const unnamedStudy: Study = {
  id: 'unnamed',
  readers: [
    { id: '1', name: defaultReaderName('1'), blindTo: ['2'] },
    { id: '2', name: defaultReaderName('2'), blindTo: ['1'] },
  ],
}
