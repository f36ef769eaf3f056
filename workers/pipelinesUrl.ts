/** Where the page finds the pipelines of itk-wasm: on its own origin (scripts/vitePipelines.ts). */
export function pipelinesUrl(): string {
  return new URL(`${import.meta.env.BASE_URL}itk`, location.href).href
}
