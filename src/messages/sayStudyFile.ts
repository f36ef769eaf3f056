import { studyFile } from './en/studyFile.ts'
import { addRooms } from './say.ts'

/* Imported where study files are written and opened. */
addRooms({ studyFile })
