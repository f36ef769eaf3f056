/** `study.xlsx#Clinical` is a sheet of a workbook. */
export function splitSheet(path: string): { readonly file: string; readonly sheet?: string | undefined } {
  const [, file, sheet] = /^(.*\.xls[xm]?)#(.+)$/i.exec(path) ?? []
  return file === undefined ? { file: path } : { file, sheet }
}
