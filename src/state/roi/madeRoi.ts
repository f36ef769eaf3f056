import { unnamedStudy } from '../../core/study/unnamedStudy.ts'
import { createReadersStore } from '../readers.ts'
import type { RoiStore } from '../roi.ts'
import { createRoiStore } from './createRoiStore.ts'

/* Test support. */

/** ROIs of a page that keeps nothing and is alone. */
export const openMadeRoi = (): RoiStore =>
  createRoiStore({
    readers: createReadersStore({ reader: '1', study: unnamedStudy }, { choose: () => undefined, rename: () => undefined }),
    now: () => 1000,
    claims: { claim: async () => true, isElsewhere: async () => false },
    oldRegions: { adopt: async () => false },
    deletions: null as never,
    nameRegion: () => ({ label: 'P0001', stem: 'P0001_T1_reader-1' }),
    masks: {
      keep: async (mask, about) => ({ ...about, savedAt: 1, size: mask.size, box: null }),
      takeTurn: async (lock) => ({ lock, number: 1 }),
      find: async () => undefined,
      findStatus: async () => undefined,
      findAll: async () => [],
      unpack: () => Promise.reject(new Error('Nothing is kept here.')),
      list: async () => [],
      remove: async () => {},
      rename: async () => {},
    },
  })
