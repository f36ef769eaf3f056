export interface Drawing {
  /** When a canvas of a view was drawn on, by view. */
  readonly draws: { readonly plane: string; readonly at: number }[]
  readonly frames: number[]
  readonly inputs: { readonly type: string; readonly at: number }[]
  readonly longTasks: number[]
}

declare global {
  interface Window {
    drawing: Drawing
  }
}

/** Runs in the page before it starts: notes every input, every drawing on a view, and every frame. */
export function watchDrawing(): void {
  const drawing: Drawing = { draws: [], frames: [], inputs: [], longTasks: [] }
  window.drawing = drawing
  const { drawImage } = CanvasRenderingContext2D.prototype
  CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
    const plane = this.canvas.closest<HTMLElement>('[data-plane]')?.dataset.plane
    if (plane) drawing.draws.push({ plane, at: performance.now() })
    return Reflect.apply(drawImage, this, given) as void
  }
  for (const type of ['pointerdown', 'pointermove', 'wheel'])
    window.addEventListener(type, (event) => drawing.inputs.push({ type, at: event.timeStamp }), { capture: true, passive: true })
  const frame = (at: number) => {
    drawing.frames.push(at)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  new PerformanceObserver((list) => drawing.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  })
}
