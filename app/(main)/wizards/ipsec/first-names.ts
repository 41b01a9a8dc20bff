import { FIREWALL_LABEL, problemOfLabel, problemOfTag } from '@/agents/ipsec/typed'

const TAG_LENGTH = 6
const LABEL_LENGTH = 8

/** A short name made of the mesh's name, other than those that are taken: "Cloud of Lyon" is cloudo. */
export function firstTag(name: string, taken: readonly string[]): string {
  const letters = plain(name)
    .replace(/[^a-z0-9]/g, '')
    .replace(/^[0-9]+/, '')
  const base = letters.slice(0, TAG_LENGTH) || 'mesh'
  return firstFree(base, TAG_LENGTH, (tag) => !taken.includes(tag) && problemOfTag(tag) === null)
}

/** A label made of a host's name, other than those that are taken: "web1.example.net" is web1. */
export function firstLabel(name: string, taken: ReadonlySet<string>): string {
  const [front = ''] = plain(name).split('.')
  const hyphened = front.replace(/[^a-z0-9]+/g, '-').slice(0, LABEL_LENGTH)
  const base = hyphened.replace(/^-+|-+$/g, '') || 'host'
  const isFree = (label: string) => !taken.has(label) && label !== FIREWALL_LABEL && problemOfLabel(label) === null
  return firstFree(base, LABEL_LENGTH, isFree)
}

/** The base itself, else with the first number behind it, cut to what a name may have. */
function firstFree(base: string, length: number, isFree: (name: string) => boolean): string {
  if (isFree(base)) return base
  for (let number = 2; ; number += 1) {
    const name = `${base.slice(0, length - String(number).length)}${number}`
    if (isFree(name)) return name
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
