import type { Server } from 'node:http'

/** A server of the files of a folder, with the page's policy as a header. */
export function createPageServer(folder: string): Server
