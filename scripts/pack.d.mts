export function packPage(app: string, version: string): Promise<Uint8Array>
