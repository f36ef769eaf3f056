/*
 * A page that is shown to an audience. What it keeps is its own, apart from what is worked on in this browser, and goes when it starts over.
 */

/** @param search of the page's address */
export const isPresenting = (search: string): boolean => new URLSearchParams(search).has('present')

/** The address of such a page, from any other one. */
export const presenterAddress = './?present'
