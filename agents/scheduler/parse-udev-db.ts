/** What the udev database knows of one device. */
export interface UdevRecord {
  properties: ReadonlyMap<string, string>
  /** Links below /dev: "disk/by-id/ata-…". */
  links: readonly string[]
}

/** Reads one file of the database: lines `E:KEY=value` and `S:link` (the form of udev 151 to systemd 257). */
export function parseUdevRecord(text: string): UdevRecord {
  const properties = new Map<string, string>()
  const links: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('S:')) links.push(line.slice(2))
    const at = line.indexOf('=')
    if (line.startsWith('E:') && at > 2) properties.set(line.slice(2, at), line.slice(at + 1))
  }
  return { properties, links }
}

/** The record of a device: by its number since udev 174, by its name before. */
export function findUdevRecord(
  files: ReadonlyMap<string, string>,
  name: string,
  number: string | null,
): UdevRecord | null {
  const text = (number && files.get(`/run/udev/data/b${number}`)) || files.get(`/dev/.udev/db/block:${name}`)
  return text === undefined || text === '' || text === null ? null : parseUdevRecord(text)
}
