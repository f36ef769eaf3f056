/** From package.json, filled in by the build. */
declare const __TEXEL_VERSION__: string
