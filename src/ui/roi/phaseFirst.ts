/** Where there is no room for the whole name of a phase its end is cut off, and that alone tells it from the others: it comes first. */
export const phaseFirst = (name: string): string => name.replace(/^(.+), (phase \d+ of \d+)$/, '$2, $1')
