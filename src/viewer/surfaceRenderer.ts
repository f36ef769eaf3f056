import { Enums, type RenderingEngine, type Types } from '@cornerstonejs/core'
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData.js'
import vtkPlane from '@kitware/vtk.js/Common/DataModel/Plane.js'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor.js'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper.js'
import type { RegionMesh } from '../core/features/meshRegion.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Colour } from './maskLayer.ts'
import type { HalfSpace } from './meetSurface.ts'

export { cornerstone } from './imageRenderer.ts'

export interface Surface {
  readonly mesh: RegionMesh
  /** The same with fewer triangles, or the very same. */
  readonly coarse: RegionMesh
  readonly colour: Colour
}

/** What is seen, and from where. Lengths in mm, LPS. */
export interface SurfacePicture {
  readonly surfaces: readonly Surface[]
  /** They are drawn with fewer triangles, because they move. */
  readonly isCoarse: boolean
  /** What is kept of them; null for all. */
  readonly kept: HalfSpace | null
  /** From point to point, never cut. */
  readonly lines: readonly (readonly [Triple, Triple])[]
  readonly camera: {
    readonly centreMm: Triple
    readonly towards: Triple
    readonly up: Triple
    /** Of the view, from its lower to its upper edge. */
    readonly heightMm: number
    /** All there is lies within so far of the centre. */
    readonly reachMm: number
  }
}

/** Surfaces in 3D, drawn by vtk.js with the graphics of the page's one engine. */
export interface SurfaceRenderer {
  /** Shows it with the next frame. */
  draw(picture: SurfacePicture): void
  /** To be called when the element has another size; then it is to be drawn again. */
  resize(): void
  dispose(): void
}

const lineColour = [0.75, 0.79, 0.84] as const
let rendererCount = 0

/** @param onDrawn told when a picture is in the element */
export function createSurfaceRenderer(engine: RenderingEngine, element: HTMLDivElement, onDrawn: () => void): SurfaceRenderer {
  const viewportId = `texel-surface-${++rendererCount}`
  element.replaceChildren()
  engine.enableElement({
    viewportId,
    type: Enums.ViewportType.VOLUME_3D,
    element,
    defaultOptions: { background: [0, 0, 0] as Types.Point3 },
  })
  const viewport = engine.getViewport<Types.IVolumeViewport>(viewportId)
  const renderer = viewport.getRenderer()
  const actors = new Map<RegionMesh, vtkActor>()
  const lines = createLines()
  renderer.addActor(lines.actor)
  const stopListening = new AbortController()
  element.addEventListener(Enums.Events.IMAGE_RENDERED, onDrawn, { signal: stopListening.signal })

  const showSurfaces = ({ surfaces, isCoarse, kept }: SurfacePicture) => {
    const meshes = new Set(surfaces.flatMap(({ mesh, coarse }) => [mesh, coarse]))
    for (const [mesh, actor] of actors)
      if (!meshes.has(mesh)) {
        renderer.removeActor(actor)
        actor.delete()
        actors.delete(mesh)
      } else actor.setVisibility(false)
    for (const { mesh, coarse, colour } of surfaces) {
      const shown = isCoarse ? coarse : mesh
      const actor = actors.get(shown) ?? createSurface(shown)
      if (!actors.has(shown)) {
        actors.set(shown, actor)
        renderer.addActor(actor)
      }
      actor.setVisibility(true)
      actor.getProperty().setColor(colour[0] / 255, colour[1] / 255, colour[2] / 255)
      const mapper = actor.getMapper()!
      mapper.removeAllClippingPlanes()
      if (kept) mapper.addClippingPlane(vtkPlane.newInstance({ origin: [...kept.originMm], normal: [...kept.normal] }))
    }
  }

  return {
    draw(picture) {
      const { centreMm, towards, up, heightMm, reachMm } = picture.camera
      showSurfaces(picture)
      lines.show(picture.lines)
      const camera = renderer.getActiveCamera()
      const distance = 2 * reachMm
      camera.setParallelProjection(true)
      camera.setFocalPoint(...centreMm)
      camera.setPosition(
        centreMm[0] + distance * towards[0],
        centreMm[1] + distance * towards[1],
        centreMm[2] + distance * towards[2],
      )
      camera.setViewUp(...up)
      camera.setParallelScale(heightMm / 2)
      camera.setClippingRange(distance - reachMm, distance + reachMm)
      viewport.render()
    },
    resize: () => engine.resize(true, true),
    dispose() {
      stopListening.abort()
      engine.disableElement(viewportId)
      for (const actor of [...actors.values(), lines.actor]) actor.delete()
      actors.clear()
    },
  }
}

function createSurface({ positionsMm, normals, triangles }: RegionMesh): vtkActor {
  const data = vtkPolyData.newInstance()
  data.getPoints().setData(positionsMm, 3)
  const polygons = new Uint32Array((triangles.length / 3) * 4)
  for (let from = 0, to = 0; from < triangles.length; from += 3, to += 4) {
    polygons[to] = 3
    polygons.set(triangles.subarray(from, from + 3), to + 1)
  }
  data.getPolys().setData(polygons)
  data.getPointData().setNormals(vtkDataArray.newInstance({ numberOfComponents: 3, values: normals, name: 'Normals' }))
  const mapper = vtkMapper.newInstance()
  mapper.setInputData(data)
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  const property = actor.getProperty()
  property.setAmbient(0.15)
  property.setDiffuse(0.85)
  property.setSpecular(0.15)
  property.setSpecularPower(20)
  return actor
}

function createLines() {
  const data = vtkPolyData.newInstance()
  const mapper = vtkMapper.newInstance()
  mapper.setInputData(data)
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.getProperty().setColor(...lineColour)
  actor.getProperty().setLighting(false)
  return {
    actor,
    show(segments: SurfacePicture['lines']) {
      data.getPoints().setData(Float32Array.from(segments.flat(2)), 3)
      data.getLines().setData(Uint32Array.from(segments.flatMap((_, i) => [2, 2 * i, 2 * i + 1])))
      data.modified()
      actor.setVisibility(segments.length > 0)
    },
  }
}
