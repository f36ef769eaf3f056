export function listPageFiles(folder: string): Promise<string[]>
