import { ofFeatures } from './en/featuresCatalogue.ts'
import { addRooms } from './say.ts'

/* Imported where features are told of: the page's first screen loads without. */
addRooms(ofFeatures)
