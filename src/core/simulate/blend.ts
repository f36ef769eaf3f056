/** Width of the border between two tissues. */
const edgeMm = 0.8

export const clamp = (share: number) => Math.min(1, Math.max(0, share))
/** Share of a voxel that lies under a surface. @param depthMm negative outside */
export const soft = (depthMm: number) => clamp(0.5 + depthMm / edgeMm)
export const mix = (a: number, b: number, share: number) => a + share * (b - a)
