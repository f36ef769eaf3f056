import { cache, Enums, imageLoader, ImageVolume, init, metaData, RenderingEngine, type Types } from '@cornerstonejs/core'
import type { Volume } from '../core/image/volume.ts'
import type { GreyWindow } from './greyWindow.ts'
import type { PlaneCamera } from './placement.ts'
import { planes, type Plane } from './planes.ts'

export type Interpolation = 'nearest' | 'linear'

/** The images of the three views, drawn by cornerstone3D: this file is all that the program knows of it. */
export interface ImageRenderer {
  /** Shows a volume in all views; the one shown before is released. The grey levels are shared with `volume`, not copied, where possible. */
  show(volume: Volume): Promise<void>
  /** Moves the camera of a view; it is drawn with the next frame. */
  place(plane: Plane, camera: PlaneCamera): void
  setWindow(window: GreyWindow): void
  setInterpolation(interpolation: Interpolation): void
  /** To be called when an element has another size; cameras are to be placed again after it. */
  resize(): void
  /** Calls back after a view has been drawn. */
  onDrawn(listener: (plane: Plane) => void): void
  dispose(): void
}

type DisplayVoxels = Uint8Array<ArrayBuffer> | Int16Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>

const scheme = 'texel'
const frameOfReference = 'texel-patient'
let started = false
let rendererCount = 0
let volumeCount = 0

/** Once a page: cornerstone keeps its settings, loaders and cache for the whole page. */
function startCornerstone(): void {
  if (started) return
  started = true
  init()
  cache.setMaxCacheSize(8 * 2 ** 30)
  // Without a loader for its scheme, cornerstone cannot read back a slice that lies in its own cache.
  imageLoader.registerImageLoader(scheme, (imageId) => {
    const image = cache.getImage(imageId)
    return {
      promise: image
        ? Promise.resolve(image)
        : Promise.reject(new Error(`Slice ${imageId} is not in the cache: show its volume first.`)),
    }
  })
  metaData.addProvider((type: string, imageId: unknown) => {
    if (typeof imageId !== 'string' || !imageId.startsWith(`${scheme}:`)) return undefined
    if (type === Enums.MetadataModules.VOI_LUT) return { windowCenter: 128, windowWidth: 256 }
    if (type === Enums.MetadataModules.GENERAL_SERIES) return { modality: 'MR', seriesInstanceUID: imageId.split('#')[0] }
    if (type === Enums.MetadataModules.MODALITY_LUT) return { rescaleSlope: 1, rescaleIntercept: 0 }
    return undefined
  }, 9999)
}

export function createImageRenderer(elements: Readonly<Record<Plane, HTMLDivElement>>): ImageRenderer {
  startCornerstone()
  const name = `texel-${++rendererCount}`
  const engine = new RenderingEngine(name)
  const viewportId = (plane: Plane) => `${name}-${plane}`
  engine.setViewports(
    planes.map((plane) => ({
      viewportId: viewportId(plane),
      type: Enums.ViewportType.ORTHOGRAPHIC,
      element: elements[plane],
      defaultOptions: { orientation: Enums.OrientationAxis.AXIAL, background: [0, 0, 0] as Types.Point3 },
    })),
  )
  const viewport = (plane: Plane) => engine.getViewport(viewportId(plane)) as Types.IVolumeViewport
  /** The view that is drawn first with a new volume stays black: its grey levels reach the graphics card only then. Draw twice. */
  let isFresh = false
  const listeners: ((plane: Plane) => void)[] = []
  const tellDrawn = planes.map((plane) => {
    const tell = () => {
      if (isFresh) {
        isFresh = false
        engine.render()
      }
      listeners.forEach((listener) => listener(plane))
    }
    elements[plane].addEventListener(Enums.Events.IMAGE_RENDERED, tell)
    return () => elements[plane].removeEventListener(Enums.Events.IMAGE_RENDERED, tell)
  })
  let shown: ImageVolume | undefined
  let isDisposed = false
  /** Ends when what was asked before is done; whoever asked for it hears of its failure. */
  let queue: Promise<void> = Promise.resolve()
  const setVolume = async (volume: Volume) => {
    if (isDisposed) return
    const next = cacheVolume(volume)
    const previous = shown
    shown = next
    for (const plane of planes) {
      await viewport(plane).setVolumes([{ volumeId: next.volumeId }], false, true)
      if (isDisposed) return
    }
    isFresh = true
    if (previous) releaseVolume(previous)
  }

  return {
    show(volume) {
      // One after the other: two at once would leave some views with the first volume and some with the second.
      const turn = queue.then(() => setVolume(volume))
      queue = turn.catch(() => undefined)
      return turn
    },
    place(plane, { focalPoint, viewUp, viewPlaneNormal, halfHeightMm }) {
      const view = viewport(plane)
      view.setCamera({
        focalPoint: [...focalPoint],
        position: focalPoint.map((x, row) => x + viewPlaneNormal[row] * cameraDistanceMm) as Types.Point3,
        viewUp: [...viewUp],
        viewPlaneNormal: [...viewPlaneNormal],
        parallelScale: halfHeightMm,
      })
      view.render()
    },
    setWindow({ centre, width }) {
      const voiRange = { lower: centre - width / 2, upper: centre + width / 2 }
      for (const plane of planes) {
        viewport(plane).setProperties({ voiRange }, undefined, true)
        viewport(plane).render()
      }
    },
    setInterpolation(interpolation) {
      const interpolationType = interpolation === 'nearest' ? Enums.InterpolationType.NEAREST : Enums.InterpolationType.LINEAR
      for (const plane of planes) {
        viewport(plane).setProperties({ interpolationType }, undefined, true)
        viewport(plane).render()
      }
    },
    resize: () => engine.resize(true, true),
    onDrawn: (listener) => void listeners.push(listener),
    dispose() {
      isDisposed = true
      tellDrawn.forEach((stop) => stop())
      engine.destroy()
      if (shown) releaseVolume(shown)
      shown = undefined
    },
  }
}

/** Any distance does: the projection is parallel. */
const cameraDistanceMm = 100

/** Puts a volume into cornerstone's cache, slices with their true places, on the grey levels that `volume` holds. */
function cacheVolume(volume: Volume): ImageVolume {
  const { size, spacingMm, originMm, direction: d } = volume
  const [columns, rows, slices] = size
  const voxels = toDisplayVoxels(volume)
  const dataType = voxels.constructor.name as Types.PixelDataTypedArrayString
  const volumeId = `${scheme}:${++volumeCount}`
  // Ours is row-major, the axes as columns; cornerstone wants the axes one after the other.
  const direction: Types.Mat3 = [d[0], d[3], d[6], d[1], d[4], d[7], d[2], d[5], d[8]]
  const imageIds = Array.from({ length: slices }, (_, k) => `${volumeId}#${k}`)
  imageIds.forEach((imageId, k) => {
    const along = k * spacingMm[2]
    imageLoader.createAndCacheLocalImage(imageId, {
      scalarData: voxels.subarray(k * columns * rows, (k + 1) * columns * rows),
      dimensions: [columns, rows],
      spacing: [spacingMm[0], spacingMm[1]],
      origin: [originMm[0] + along * d[2], originMm[1] + along * d[5], originMm[2] + along * d[8]],
      direction,
      frameOfReferenceUID: frameOfReference,
      targetBuffer: { type: dataType },
    })
  })
  const bits = voxels.BYTES_PER_ELEMENT * 8
  const imageVolume = new ImageVolume({
    volumeId,
    dataType,
    dimensions: [...size],
    spacing: [...spacingMm],
    origin: [...originMm],
    direction,
    metadata: {
      FrameOfReferenceUID: frameOfReference,
      Modality: 'MR',
      BitsAllocated: bits,
      BitsStored: bits,
      HighBit: bits - 1,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      PixelRepresentation: voxels instanceof Int16Array ? 1 : 0,
      ImageOrientationPatient: direction.slice(0, 6),
      PixelSpacing: [spacingMm[1], spacingMm[0]],
      Columns: columns,
      Rows: rows,
      SeriesInstanceUID: volumeId,
      voiLut: [],
      VOILUTFunction: 'LINEAR',
    },
    imageIds,
  })
  cache.putVolumeSync(volumeId, imageVolume)
  return imageVolume
}

function releaseVolume({ volumeId, imageIds, vtkOpenGLTexture }: ImageVolume): void {
  vtkOpenGLTexture.releaseGraphicsResources()
  cache.removeVolumeLoadObject(volumeId)
  for (const imageId of imageIds) cache.removeImageLoadObject(imageId, { force: true })
}

/** Types that cornerstone uploads as they are, finite; others become float32, for display only. */
function toDisplayVoxels({ voxels }: Volume): DisplayVoxels {
  if (voxels instanceof Uint8Array || voxels instanceof Int16Array || voxels instanceof Uint16Array) return voxels
  if (voxels instanceof Float32Array && voxels.every(Number.isFinite)) return voxels
  return Float32Array.from(voxels as ArrayLike<number>, (value) => (Number.isFinite(value) ? value : 0))
}
