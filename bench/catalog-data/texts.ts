import { toBase64 } from '@/lib/catalog/sample/files'
import { draw } from './draw'
import type { GeneratedPool } from './model'

const folders = ['home', 'srv', 'var/lib', 'data', 'opt', 'etc', 'photos', 'usr/share']
const endings = ['txt', 'jpg', 'ods', 'adb', 'c', 'h', 'log', 'conf', 'html', 'gz']

/** The name of a file; the first is the empty one, which stands for the folder itself. */
export function nameOf(filenameId: number): string {
  if (filenameId === 1) return ''
  return `${filenameId % 3 === 0 ? 'document' : 'img'}-${filenameId.toString(36)}.${endings[filenameId % endings.length]}`
}

/** A folder, some levels deep, with its slash at the end. */
export function pathOf(pathId: number): string {
  const top = folders[pathId % folders.length]
  return `/${top}/project-${(pathId % 977).toString(36)}/${Math.floor(pathId / 977).toString(36)}/part-${pathId.toString(36)}/`
}

export function poolName({ poolId, kind }: GeneratedPool): string {
  return `${kind}-${String(poolId).padStart(3, '0')}`
}

export function seriesName(series: number): string {
  return `backup-${String(series + 1).padStart(4, '0')}`
}

/** Local time as it stands in a catalog; the generated ones are in UTC. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

// Made once: what a file's row says beside its name does not matter to any page, its length does.
const kept = 4096
const lstats = Array.from({ length: kept }, (_, place) => {
  const drawn = (what: number) => draw(2, what, place)
  const fields = [
    2049,
    drawn(1) * 9e6,
    33_188,
    1,
    1000,
    1000,
    0,
    drawn(2) * 4e6,
    4096,
    drawn(3) * 9000,
    1.78e9,
    1.77e9,
    1.77e9,
    0,
    0,
    5,
  ]
  return fields.map((field) => toBase64(Math.floor(field))).join(' ')
})
const digests = Array.from({ length: kept }, (_, place) =>
  Array.from({ length: 5 }, (__, part) => toBase64(Math.floor(2 ** 31 + draw(3, part, place) * 2 ** 31)))
    .join('')
    .padEnd(27, 'A')
    .slice(0, 27),
)

export function lstatOf(place: number): string {
  return lstats[place % kept] ?? ''
}

export function digestOf(place: number): string {
  return digests[place % kept] ?? ''
}
