import { messagesOf } from '../core/messages/message.ts'

type Nothing = Readonly<Record<never, never>>

export interface IoMessages {
  'browser-cannot-read': Nothing
  'file-changed': { readonly readBytes: number; readonly announcedBytes: number }
  'no-such-file': Nothing
  'zip-damaged': Nothing
  /** A part of the program. @property why in the words of the browser */
  'not-loaded': { readonly part: ProgramPart; readonly why: string }
  'server-gone': Nothing
  'worker-not-started': { readonly task: WorkerTask; readonly why?: string }
  'worker-late': { readonly task: WorkerTask; readonly waitedS: number }
}

/** What a worker is for. */
export type WorkerTask =
  'compare' | 'features' | 'files' | 'hash' | 'images' | 'labels' | 'proposal' | 'rois' | 'scores' | 'simulation' | 'statistics'

export type ProgramPart = 'codecs' | 'kernels' | 'page' | 'pictures' | 'sample'

export const { refuse, tell } = messagesOf<IoMessages>('io')
