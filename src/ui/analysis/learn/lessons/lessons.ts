import { calibrationLesson } from './CalibrationLesson.tsx'
import { cutoffsLesson } from './CutoffsLesson.tsx'
import { decisionsLesson } from './DecisionsLesson.tsx'
import { leakageLesson } from './LeakageLesson.tsx'
import type { Lesson } from './lesson.ts'
import { rocLesson } from './RocLesson.tsx'

export const lessons: readonly Lesson[] = [rocLesson, cutoffsLesson, decisionsLesson, calibrationLesson, leakageLesson]
