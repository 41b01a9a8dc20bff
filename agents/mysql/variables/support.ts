import type { ServerVersion } from '../version'

/** How far what the table says of a version was tried. */
export type Support = 'live-tested' | 'published lists only' | 'unproved'

const liveTested: Readonly<Record<string, readonly string[]>> = { mariadb: ['10.5', '10.11', '11.8'], mysql: [] }

const published: Readonly<Record<string, readonly string[]>> = {
  mariadb: ['5.5', '10.0', '10.1', '10.2', '10.3', '10.4', '10.6', '11.4'],
  mysql: ['5.0', '5.1', '5.5', '5.6', '5.7', '8.0', '8.4'],
}

/**
 * Whether the rows of a version were compared with a running server, come from the manuals alone, or are read across from
 * neighbouring versions.
 */
export function supportOf({ flavour, numbers: [major, minor] }: ServerVersion): Support {
  const series = `${major}.${minor}`
  if (liveTested[flavour]?.includes(series)) return 'live-tested'
  return published[flavour]?.includes(series) ? 'published lists only' : 'unproved'
}
