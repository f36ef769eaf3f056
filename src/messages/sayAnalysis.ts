import { ofAnalysis } from './en/analysisCatalogue.ts'
import { addRooms } from './say.ts'

/* Imported where tables and analyses are told of: the page's other screens load without. */
addRooms(ofAnalysis)
