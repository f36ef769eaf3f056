import { ofImages } from './en/imagesCatalogue.ts'
import { addRooms } from './say.ts'

/* Imported where files, images and regions are told of: the page's first screen loads without. */
addRooms(ofImages)
