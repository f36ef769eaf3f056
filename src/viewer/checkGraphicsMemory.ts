import { PictureError } from './engineKeeper.ts'

/** More notes of errors than a context keeps, so that one that is lost cannot be asked for ever. */
const noteCount = 8

/**
 * Asks WebGL what it noted since it was asked last. A texture for which there was no memory is drawn black and nothing else says so;
 * other notes are those of the library that draws, and show in no picture.
 * @throws PictureError if the graphics had no memory for something
 */
export function checkGraphicsMemory(gl: Pick<WebGL2RenderingContext, 'getError' | 'NO_ERROR' | 'OUT_OF_MEMORY'>): void {
  let wasFull = false
  for (let i = 0; i < noteCount; i++) {
    const note = gl.getError()
    if (note === gl.NO_ERROR) break
    wasFull ||= note === gl.OUT_OF_MEMORY
  }
  if (!wasFull) return
  throw new PictureError({
    reason: 'The graphics of this computer have no memory left for this picture.',
    remedy: 'Close other pages and programs that use graphics, then try again. What was drawn is kept.',
  })
}
