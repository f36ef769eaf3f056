/** Colours of the page for what its style sheet cannot reach: views and figures. The sheet's own stand at the top of app.css. */
export const palette = {
  text: '#e6e9ef',
  dim: '#a3acba',
  line: '#262c37',
  teal: '#4cc2b4',
  roi: '#ff8f52',
} as const

/**
 * Of lesions, from the first on, red, green and blue from 0 to 255: on grey, and from each other, they are told apart by eyes without one
 * kind of cones too (`state/lesionColour.test.ts`).
 */
export const lesionColours: readonly (readonly [number, number, number])[] = [
  [255, 138, 71],
  [240, 228, 66],
  [86, 180, 233],
  [170, 120, 255],
  [200, 60, 60],
  [0, 114, 178],
]
