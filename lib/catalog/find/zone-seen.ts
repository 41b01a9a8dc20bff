import { isTimeZone } from '../rules'

export interface ZoneSigns {
  /** TZ of the director's process; undefined where that could not be looked at. */
  processTz?: string | null
  /** TZ of the director's unit. */
  unitTz: string | null
  /** Where /etc/localtime leads. */
  link: string | null
  hasNoLocaltime: boolean
  /** /etc/timezone. */
  named: string | null
}

/**
 * The zone that a director writes its times in, by tzset(3): TZ first, else /etc/localtime, else UTC; /etc/timezone only tells
 * what a copied /etc/localtime is. Null where no name of a zone can be told. Pure.
 */
export function zoneSeen(signs: ZoneSigns): { zone: string | null; by: string } {
  const tz = signs.processTz === undefined ? signs.unitTz : signs.processTz
  if (tz) return told(tz.replace(/^:/, ''), 'TZ of the director')
  if (signs.link !== null) return told(signs.link, '/etc/localtime')
  if (signs.hasNoLocaltime) return { zone: 'Etc/UTC', by: 'no /etc/localtime: UTC' }
  return signs.named === null ? { zone: null, by: '' } : told(signs.named, '/etc/timezone')
}

function told(text: string, by: string): { zone: string | null; by: string } {
  const zone = text.replace(/^.*\/zoneinfo\/(?:posix\/|right\/)?/, '').trim()
  // A rule such as CET-1CEST is no name; whoever has it is asked.
  return /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone) && isTimeZone(zone) ? { zone, by } : { zone: null, by }
}
