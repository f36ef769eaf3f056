import type { Triple } from '../core/numeric/voxelArray.ts'
import { directionLetters, type EdgeLetters } from './planes.ts'

/** From where something is looked at that stands upright and is turned: in degrees. */
export interface Turn {
  /** 0 from the front, 90 from the patient's left; from 0 to 360. */
  readonly azimuth: number
  /** 90 from above, -90 from below. */
  readonly elevation: number
}

/** Unit vectors (LPS) of what is seen: to the right, upwards, and out of the screen. */
export interface ViewVectors {
  readonly right: Triple
  readonly up: Triple
  readonly towards: Triple
}

export function vectorsOf({ azimuth, elevation }: Turn): ViewVectors {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180]
  const [cosA, sinA, cosE, sinE] = [Math.cos(a), Math.sin(a), Math.cos(e), Math.sin(e)]
  return {
    right: [cosA, sinA, 0],
    up: [-sinE * sinA, sinE * cosA, cosE],
    towards: [cosE * sinA, -cosE * cosA, sinE],
  }
}

/** What is in front goes so many degrees to the right, and so many down; it never stands on its head. */
export function turnFurther({ azimuth, elevation }: Turn, right: number, down: number): Turn {
  return {
    azimuth: (((azimuth - right) % 360) + 360) % 360,
    elevation: Math.min(90, Math.max(-90, elevation + down)),
  }
}

/** What lies towards the four edges. */
export function lettersOf(turn: Turn): EdgeLetters {
  const { right, up } = vectorsOf(turn)
  const against = ([x, y, z]: Triple): Triple => [-x, -y, -z]
  return {
    left: directionLetters(against(right)),
    right: directionLetters(right),
    top: directionLetters(up),
    bottom: directionLetters(against(up)),
  }
}
