import type { PixelType, Triple } from '../numeric/voxelArray.ts'
import { DataError } from '../messages/message.ts'
import { tell } from './messages.ts'

/** The part of WebAssembly.Memory that the core uses; the core compiles without host types. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/**
 * One instance of the WASM kernels and the arena that its callers share.
 * Kernels take byte offsets ("pointers") into `memory`; every allocation is made here, on this side.
 */
export interface Kernels {
  readonly exports: KernelExports
  /** Bytes for the caller until the enclosing `scope` ends; 16-byte aligned, not cleared. Detaches earlier views when memory grows. */
  allocate(bytes: number): number
  /** Runs `work`; what it allocated is free again afterwards, whatever happens. */
  scope<T>(work: () => T): T
  /** Frees everything that was allocated; nothing that pointed into memory may be used again. */
  freeAll(): void
  /** Views into WASM memory. Make them again after any allocation: growth detaches them. */
  u8(pointer: number, length: number): Uint8Array<ArrayBuffer>
  i32(pointer: number, length: number): Int32Array<ArrayBuffer>
  f32(pointer: number, length: number): Float32Array<ArrayBuffer>
  f64(pointer: number, length: number): Float64Array<ArrayBuffer>
}

/** A grey-level image inside WASM memory, always stored as float64, in the order of `volume.ts`. */
export interface Block {
  readonly pointer: number
  readonly size: Triple
  readonly spacingMm: Triple
  /** The type whose values these are. PyRadiomics bins float32 images on float32 edges and rounds LBP samples of integer images. */
  readonly pixelType: PixelType
}

/** A mask (Uint8, 1 inside, 0 outside) inside WASM memory. */
export interface MaskBlock {
  readonly pointer: number
  readonly size: Triple
}

/** Functions that the kernels export, a section for each file of assembly/. Numbers are i32 pointers or counts unless said otherwise. */
export interface KernelExports {
  readonly memory: KernelMemory
  /** First byte behind the static data. */
  heapBase(): number

  // libm.ts: musl's functions, the same bits on every engine (f64 -> f64)
  log(x: number): number
  log2(x: number): number
  exp(x: number): number
  pow(x: number, y: number): number
  sin(x: number): number
  cos(x: number): number
  acos(x: number): number
  atan2(y: number, x: number): number

  // crop.ts
  /** Copies the box that starts at (x0, y0, z0) and has the size (mx, my, mz) out of an (nx, ny, .) float64 image. */
  cropF64(
    source: number,
    nx: number,
    ny: number,
    x0: number,
    y0: number,
    z0: number,
    mx: number,
    my: number,
    mz: number,
    target: number,
  ): void
  cropU8(
    source: number,
    nx: number,
    ny: number,
    x0: number,
    y0: number,
    z0: number,
    mx: number,
    my: number,
    mz: number,
    target: number,
  ): void

  // laplacianOfGaussian.ts (sizes >= 4; scratch bytes by the first function; spacing and sigma in mm, float64)
  laplacianOfGaussianScratch(nx: number, ny: number, nz: number): number
  laplacianOfGaussian(
    source: number,
    nx: number,
    ny: number,
    nz: number,
    sx: number,
    sy: number,
    sz: number,
    sigma: number,
    scratch: number,
    target: number,
  ): void

  // gradient.ts (half reciprocal spacings, float64)
  gradientMagnitude(source: number, nx: number, ny: number, nz: number, hx: number, hy: number, hz: number, target: number): void

  // bspline.ts (in place, order 0 to 5; columns x0 to x1 and rows y0 to y1 are needed; scratch: 64 bytes for each voxel along x)
  bsplineCoefficients(
    data: number,
    nx: number,
    ny: number,
    nz: number,
    order: number,
    x0: number,
    x1: number,
    y0: number,
    y1: number,
    scratch: number,
  ): void

  // resample.ts (box of the source: size b, first voxel o, in an image of size w; geometry: 24 float64; output size m, of which the slices fromZ to toZ are made)
  resampleScratch(mx: number): number
  resampleImage(
    source: number,
    bx: number,
    by: number,
    bz: number,
    ox: number,
    oy: number,
    oz: number,
    wx: number,
    wy: number,
    wz: number,
    kind: number,
    order: number,
    geometry: number,
    mx: number,
    my: number,
    fromZ: number,
    toZ: number,
    lowest: number,
    highest: number,
    rounding: number,
    scratch: number,
    target: number,
  ): void

  // wavelet.ts
  /** Filters an (nx, ny, nz) image along `axis` (0 = x), periodically, and writes the first (mx, my, mz) outputs; scratch: 16 * length + 8 * (nx + length) bytes. */
  waveletConvolve64(
    source: number,
    nx: number,
    ny: number,
    nz: number,
    axis: number,
    filter: number,
    length: number,
    scratch: number,
    target: number,
    mx: number,
    my: number,
    mz: number,
  ): void
  waveletConvolve32(
    source: number,
    nx: number,
    ny: number,
    nz: number,
    axis: number,
    filter: number,
    length: number,
    scratch: number,
    target: number,
    mx: number,
    my: number,
    mz: number,
  ): void
  /** Extends an image by at most one voxel an axis, at its end, with its first voxel. */
  padWrap(source: number, nx: number, ny: number, nz: number, target: number, mx: number, my: number, mz: number): void

  // pad.ts, marchingCubes.ts, marchingSquares.ts, meshDiameters.ts, maskMoments.ts: shape (spacings in mm, float64)
  padU8(source: number, nx: number, ny: number, nz: number, target: number): void
  tallyCubes(mask: number, nx: number, ny: number, nz: number, tally: number): void
  measureCubes(tally: number, sx: number, sy: number, sz: number, result: number): void
  /** Three u32 a triangle at the target, or none where that is 0. @returns their number */
  listTriangles(mask: number, nx: number, ny: number, nz: number, target: number): number
  marchSquares(mask: number, nx: number, ny: number, sx: number, sy: number, result: number): void
  meshDiametersBytes(nx: number, ny: number, nz: number): number
  meshDiameters(
    mask: number,
    nx: number,
    ny: number,
    nz: number,
    sx: number,
    sy: number,
    sz: number,
    workspace: number,
    result: number,
  ): void
  maskMoments(mask: number, nx: number, ny: number, nz: number, result: number): void

  // mirrorSpline.ts
  /** Coefficients as scipy's, (nx + 3) x (ny + 3) x (nz + 3): one mirrored voxel before, two behind; scratch: 8 * nx * (ny * nz + 8) bytes. */
  mirrorSplineCoefficients(source: number, nx: number, ny: number, nz: number, scratch: number, target: number): void
  /** weights[offset][tap][voxel] (float64) and starts[offset][voxel] (i32), n + 3 voxels each. */
  mirrorSplineWeights(n: number, offsets: number, count: number, weights: number, starts: number): void

  // localBinaryPattern3D.ts (low and high float64; scratch: 32 * vertexCount + 64 * levels^2 + 32 * levels bytes)
  lbp3dLevels64(
    coefficients: number,
    image: number,
    mask: number,
    nx: number,
    ny: number,
    nz: number,
    vertexCount: number,
    slots: number,
    tables: number,
    levels: number,
    zeroLevel: number,
    basis: number,
    gram: number,
    integer: number,
    low: number,
    high: number,
    from: number,
    to: number,
    scratch: number,
    target: number,
  ): void
  lbp3dLevels32(
    coefficients: number,
    image: number,
    mask: number,
    nx: number,
    ny: number,
    nz: number,
    vertexCount: number,
    slots: number,
    tables: number,
    levels: number,
    zeroLevel: number,
    basis: number,
    gram: number,
    integer: number,
    low: number,
    high: number,
    from: number,
    to: number,
    scratch: number,
    target: number,
  ): void
  /** Values, one a voxel of the mask, to their voxels; 0 elsewhere. */
  scatterToMask(values: number, mask: number, count: number, target: number): void

  // pointwise.ts (scale and results float64)
  /** Largest |x|. */
  maximumMagnitude(source: number, count: number): number
  squareScaled(source: number, count: number, scale: number, target: number): void
  rootScaled(source: number, count: number, scale: number, target: number): void
  logarithmScaled(source: number, count: number, scale: number, target: number): void
  exponentialScaled(source: number, count: number, scale: number, target: number): void

  // localBinaryPattern2D.ts
  /** One plane; strides in bytes; offsets: rows, then columns of the points (float64); scratch: 9 * count bytes. */
  localBinaryPattern2D(
    image: number,
    rows: number,
    columns: number,
    rowStride: number,
    columnStride: number,
    count: number,
    offsets: number,
    method: number,
    scratch: number,
    target: number,
  ): void

  // discretise.ts (values, low, step float64; levels int32; level image uint16; see features/discretise.ts)
  gatherRegion(
    image: number,
    mask: number,
    nx: number,
    ny: number,
    nz: number,
    rowStride: number,
    sliceStride: number,
    base: number,
    values: number,
    places: number,
  ): number
  firstMinimum(values: number, count: number): number
  firstMaximum(values: number, count: number): number
  assignLevels(
    values: number,
    count: number,
    low: number,
    step: number,
    single: boolean,
    top: number,
    nanLevel: number,
    levels: number,
  ): number
  histogramOfSorted(
    values: number,
    count: number,
    low: number,
    step: number,
    single: boolean,
    top: number,
    counts: number,
  ): number
  compactLevels(levels: number, count: number, highest: number, indexOf: number, present: number, counts: number): number
  placeLevels(places: number, levels: number, count: number, indexOf: number, target: number): void
  clear(pointer: number, bytes: number): void

  // sortValues.ts, firstOrder.ts (float64)
  sortValues(values: number, count: number, scratch: number, histogram: number): void
  pairwiseSum(values: number, count: number): number
  dropNaN(values: number, count: number): number
  firstOrderSums(values: number, count: number, shift: number, mean: number, scratch: number, sums: number): void
  robustDeviation(values: number, count: number, low: number, high: number, scratch: number): number

  // glcm.ts, secondEigenvalue.ts (counts int32, matrix float64)
  countPairs(levels: number, places: number, count: number, offset: number, n: number, counts: number): void
  addPairs(counts: number, n: number, weight: number, symmetric: boolean, matrix: number): number
  glcmSums(
    matrix: number,
    n: number,
    total: number,
    present: number,
    highest: number,
    px: number,
    py: number,
    sum: number,
    difference: number,
    rowStart: number,
    columns: number,
    values: number,
    out: number,
  ): void
  secondEigenvalue(
    n: number,
    px: number,
    py: number,
    rowStart: number,
    columns: number,
    values: number,
    work: number,
    steps: number,
  ): number

  // sizeMatrix.ts, glrlm.ts, glszm.ts, neighbourhood.ts (matrices float64)
  sizeMatrixSums(
    matrix: number,
    rows: number,
    columns: number,
    levels: number,
    sizes: number,
    byLevel: number,
    bySize: number,
    out: number,
  ): void
  countRuns(
    levels: number,
    places: number,
    count: number,
    offset: number,
    columns: number,
    weight: number,
    matrix: number,
    lengths: number,
    nx: number,
    ny: number,
    nz: number,
    dx: number,
    dy: number,
    dz: number,
    rowStride: number,
    sliceStride: number,
    base: number,
    evenAlone: boolean,
  ): void
  findZones(
    levels: number,
    places: number,
    count: number,
    from: number,
    to: number,
    offsets: number,
    offsetCount: number,
    parents: number,
    sizes: number,
    zoneLevel: number,
    zoneSize: number,
  ): number
  listSizes(zoneSize: number, zones: number, largest: number, columnOf: number, sizes: number): number
  countZones(zoneLevel: number, zoneSize: number, zones: number, columnOf: number, columns: number, matrix: number): void
  leastOfZones(places: number, count: number, parents: number, sizes: number, values: number, zoneValue: number): void
  countDependences(
    levels: number,
    from: number,
    to: number,
    offsets: number,
    offsetCount: number,
    present: number,
    alpha: number,
    matrix: number,
  ): void
  sumDifferences(
    levels: number,
    places: number,
    count: number,
    from: number,
    to: number,
    offsets: number,
    offsetCount: number,
    present: number,
    trueLevels: number,
    differences: number,
    withNeighbours: number,
  ): void

  // convolveAxis.ts (float64)
  convolveAxis(
    source: number,
    nx: number,
    ny: number,
    nz: number,
    axis: number,
    weights: number,
    offsets: number,
    taps: number,
    reach: number,
    boundary: number,
    scratch: number,
    target: number,
  ): void

  // gaborModulus.ts, simoncelli.ts (float64; sizes of transforms are 2^a 3^b)
  fourierOfSlice(re: number, im: number, pa: number, pb: number, twiddles: number): void
  gaborModulus(
    source: number,
    na: number,
    sa: number,
    nb: number,
    sb: number,
    ns: number,
    ss: number,
    boundary: number,
    spectra: number,
    count: number,
    ra: number,
    rb: number,
    pa: number,
    pb: number,
    share: number,
    scratch: number,
    twiddles: number,
    target: number,
  ): void
  simoncelliScratch(nx: number, ny: number, nz: number, mx: number, my: number, mz: number): number
  simoncelli(
    source: number,
    nx: number,
    ny: number,
    nz: number,
    level: number,
    mx: number,
    my: number,
    mz: number,
    scratch: number,
    target: number,
  ): void

  // cityBlock.ts, spatialAutocorrelation.ts, localPeak.ts (grey values and sums float64, distances and steps int32)
  cityBlockDistances(mask: number, nx: number, ny: number, nz: number, inSlices: boolean, target: number): void
  spatialSums(
    inside: number,
    deviation: number,
    nx: number,
    ny: number,
    nz: number,
    sx: number,
    sy: number,
    sz: number,
    px: number,
    py: number,
    pz: number,
    weights: number,
    re: number,
    im: number,
    twiddles: number,
    out: number,
  ): void
  localPeaks(
    image: number,
    nx: number,
    ny: number,
    nz: number,
    mask: number,
    mx: number,
    my: number,
    mz: number,
    boxX: number,
    boxY: number,
    boxZ: number,
    steps: number,
    stepCount: number,
    result: number,
  ): void

  // normalise.ts
  /** In place, over `count` float64 values; perSd is 1 / SD. */
  normalise(values: number, count: number, mean: number, perSd: number, limit: number, scale: number): void

  // random.ts (state: 4 uint32, see numeric/random.ts)
  /** 32 random bits; read them with `>>> 0`. */
  nextBits(state: number): number
  nextInteger(state: number, n: number): number
  fillIntegers(state: number, n: number, count: number, target: number): void

  // forest.ts (see learn/forest.ts; results are added to `ofRows` and `ofColumns`; scratch is cleared before the first tree)
  growTreesScratch(rows: number, columns: number): number
  growTrees(
    codes: number,
    distinct: number,
    labels: number,
    patients: number,
    rowsOf: number,
    startOf: number,
    rows: number,
    columns: number,
    mtry: number,
    minimumNodeSize: number,
    maximumDepth: number,
    weight0: number,
    weight1: number,
    draws: number,
    replace: boolean,
    permute: boolean,
    states: number,
    trees: number,
    scratch: number,
    room: number,
    feature: number,
    right: number,
    threshold: number,
    nodesOf: number,
    ofRows: number,
    ofColumns: number,
  ): number

  // distanceTransform.ts (mm, float64; squared; see mask/distances.ts)
  squaredDistancesScratch(nx: number, ny: number, nz: number): number
  squaredDistances(
    mask: number,
    wanted: 0 | 1,
    nx: number,
    ny: number,
    nz: number,
    sx: number,
    sy: number,
    sz: number,
    scratch: number,
    target: number,
  ): void

  // components.ts, flood.ts, majority.ts, surfaceVoxels.ts (masks uint8, labels and stacks int32, values float64)
  labelComponents(mask: number, nx: number, ny: number, nz: number, corners: 0 | 1, labels: number): number
  countLabels(labels: number, count: number, parts: number, sizes: number): void
  flood(state: number, nx: number, ny: number, nz: number, axes: number, stack: number): number
  invertMask(mask: number, count: number): void
  selectRange(values: number, allowed: number, count: number, low: number, high: number, target: number): void
  majority(
    mask: number,
    nx: number,
    ny: number,
    nz: number,
    rx: number,
    ry: number,
    rz: number,
    sums: number,
    target: number,
  ): void
  surfaceVoxels(mask: number, nx: number, ny: number, nz: number, target: number): number

  // gaussianBlur.ts (float64, in place; spacing and sigma in mm; see mask/smoothBox.ts)
  gaussianBlurScratch(nx: number, ny: number, nz: number, reach: number): number
  gaussianBlur(
    data: number,
    nx: number,
    ny: number,
    nz: number,
    sx: number,
    sy: number,
    sz: number,
    sigma: number,
    rx: number,
    ry: number,
    rz: number,
    scratch: number,
  ): void

  // growFromSeeds.ts (see mask/grow/growFromSeeds.ts)
  growFromSeedsWorkspace(count: number, buckets: number): number
  startGrowing(labels: number, count: number, buckets: number, workspace: number): void
  continueGrowing(
    levels: number,
    labels: number,
    count: number,
    steps: number,
    buckets: number,
    most: number,
    workspace: number,
  ): number

  // levelSet.ts (float32; see mask/grow/activeContour.ts)
  contourWorkspace(count: number): number
  rebuildBand(
    phi: number,
    nx: number,
    ny: number,
    nz: number,
    sx: number,
    sy: number,
    sz: number,
    layers: number,
    workspace: number,
  ): number
  stepContour(
    phi: number,
    speed: number,
    nx: number,
    ny: number,
    count: number,
    n: number,
    sx: number,
    sy: number,
    sz: number,
    propagation: number,
    curvature: number,
    advection: number,
    weighted: 0 | 1,
    dt: number,
    workspace: number,
  ): number
}

const pageBytes = 65536

const guardByte = 0xa5
const guardBytes = 64

/** The memory of the kernels cannot grow as far as the data need; who called knows what to advise. */
export class NotEnoughMemory extends DataError {}

/**
 * @param exports of one instance of the compiled kernels
 * @param options.guard leaves marked bytes behind every allocation and checks them when its scope ends: a kernel that
 *   writes past its array is an error. For tests.
 */
export function createKernels(exports: KernelExports, { guard = false }: { guard?: boolean } = {}): Kernels {
  const { memory } = exports
  const base = align(exports.heapBase())
  let top = base
  let guards: number[] = []

  const checkGuards = (mark: number) => {
    for (const address of guards.filter((at) => at >= mark)) {
      const broken = new Uint8Array(memory.buffer, address, guardBytes).some((byte) => byte !== guardByte)
      if (broken) throw new Error(`a kernel wrote past the end of its array, near byte ${address}`)
    }
    guards = guards.filter((at) => at < mark)
  }
  return {
    exports,
    allocate(bytes) {
      const pointer = top
      top = align(pointer + bytes) + (guard ? guardBytes : 0)
      const missing = top - memory.buffer.byteLength
      if (missing > 0) {
        try {
          memory.grow(Math.ceil(missing / pageBytes))
        } catch (cause) {
          top = pointer
          throw new NotEnoughMemory(tell('memory', { bytes, bytesInUse: pointer }), { cause })
        }
      }
      if (guard) {
        guards.push(align(pointer + bytes))
        new Uint8Array(memory.buffer, align(pointer + bytes), guardBytes).fill(guardByte)
      }
      return pointer
    },
    scope(work) {
      const mark = top
      try {
        const result = work()
        if (guard) checkGuards(mark)
        return result
      } finally {
        top = mark
        guards = guards.filter((at) => at < mark)
      }
    },
    freeAll() {
      if (guard) checkGuards(base)
      top = base
    },
    u8: (pointer, length) => new Uint8Array(memory.buffer, pointer, length),
    i32: (pointer, length) => new Int32Array(memory.buffer, pointer, length),
    f32: (pointer, length) => new Float32Array(memory.buffer, pointer, length),
    f64: (pointer, length) => new Float64Array(memory.buffer, pointer, length),
  }
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16
}
