/** Opens the browser's print of an HTML file that loads and runs nothing, in a frame that goes when it is printed. */
export function printFile(html: string): void {
  const frame = document.createElement('iframe')
  Object.assign(frame, { title: 'Report, for print', srcdoc: html, className: 'printed', tabIndex: -1 })
  frame.setAttribute('aria-hidden', 'true')
  frame.addEventListener('load', () => {
    const page = frame.contentWindow!
    page.addEventListener('afterprint', () => frame.remove())
    page.print()
  })
  document.body.append(frame)
}
