import { ofAnalysis } from './en/analysisCatalogue.ts'
import { addRooms } from './say.ts'

/* Imported where tables and analyses are told of: the page's first screens need none of these sentences, and load without them. */
addRooms(ofAnalysis)
