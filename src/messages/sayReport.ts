import { checklists } from './en/checklists.ts'
import { clauses } from './en/clauses.ts'
import { addRooms } from './say.ts'

/* Imported where a report is written: the other screens of the analysis load without. */
addRooms({ checklists, clauses })
