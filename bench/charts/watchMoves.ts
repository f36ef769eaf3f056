declare global {
  interface Window {
    /** Milliseconds of script since the last frame, one entry a frame in which there was any, and times of all frames. */
    moves: { readonly script: number[]; readonly frames: number[] }
  }
}

/** Runs in the page before its own script: times what pointer events and frames set off. */
export function watchMoves(): void {
  window.moves = { script: [], frames: [] }
  let sinceFrame = 0
  const timed = <Sent extends unknown[]>(call: (...sent: Sent) => unknown) =>
    function (this: unknown, ...sent: Sent) {
      const start = performance.now()
      try {
        return call.apply(this, sent)
      } finally {
        sinceFrame += performance.now() - start
      }
    }
  const nextFrame = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (call) => nextFrame(timed(call))
  const listen = EventTarget.prototype.addEventListener
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const isMove = type === 'pointermove' && typeof listener === 'function'
    return listen.call(this, type, isMove ? timed(listener) : listener, options)
  }
  const frame = (at: number) => {
    window.moves.frames.push(at)
    if (sinceFrame > 0) window.moves.script.push(sinceFrame)
    sinceFrame = 0
    nextFrame(frame)
  }
  nextFrame(frame)
}
