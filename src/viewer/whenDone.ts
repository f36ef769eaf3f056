type Fences = Pick<
  WebGL2RenderingContext,
  | 'fenceSync'
  | 'getSyncParameter'
  | 'deleteSync'
  | 'flush'
  | 'isContextLost'
  | 'SYNC_GPU_COMMANDS_COMPLETE'
  | 'SYNC_STATUS'
  | 'SIGNALED'
>

/**
 * What needs the graphics to be done with what they were told: to ask them earlier would stop the page until they are, half a second
 * where they are made by software.
 * @returns asks for `act` in a later frame; asked again meanwhile, it waits for that too. Nothing is done of a lost context, or once aborted
 */
export function whenDone(graphics: () => Fences, signal: AbortSignal, act: () => void): () => void {
  let isAsked = false
  let isWaiting = false
  function wait(): void {
    const gl = graphics()
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    gl.flush()
    isAsked = false
    isWaiting = fence !== null
    const look = () => {
      if (signal.aborted || gl.isContextLost()) isWaiting = false
      else if (gl.getSyncParameter(fence!, gl.SYNC_STATUS) !== gl.SIGNALED) requestAnimationFrame(look)
      else {
        gl.deleteSync(fence)
        isWaiting = false
        if (isAsked) wait()
        else act()
      }
    }
    if (fence) requestAnimationFrame(look)
  }
  return () => {
    isAsked = true
    if (!isWaiting) wait()
  }
}
