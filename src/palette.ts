/** Colours of the page for what its style sheet cannot reach: views and figures. The sheet's own stand at the top of app.css. */
export const palette = {
  text: '#e6e9ef',
  dim: '#a3acba',
  line: '#262c37',
  teal: '#4cc2b4',
  roi: '#ff8f52',
} as const
