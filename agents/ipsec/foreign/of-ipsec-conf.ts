import type { IpsecFacts } from '../facts/facts'
import { addressesOf, betweenAll, bytesAt, cutOf, type Foreign, idOf, placeOf, utf8Of } from './foreign'
import { type ConfSection, parseIpsecConf, settingsOf } from './ipsec-conf'

interface Piece {
  path: string
  bytes: string
  section: ConfSection
}

/** Connections of ipsec.conf, strongSwan's or libreswan's, but those that nothing may ever start. */
export function ipsecConfForeign(facts: IpsecFacts): Foreign[] {
  const pieces = Object.keys(facts.files)
    .filter((path) => path === '/etc/ipsec.conf' || /^\/etc\/ipsec\.d\/(?!pollux-)[^/]+\.conf$/.test(path))
    .flatMap((path): Piece[] => {
      const bytes = bytesAt(facts.files, path)
      return bytes === null ? [] : parseIpsecConf(bytes).sections.map((section) => ({ path, bytes, section }))
    })
  const all = pieces.map(({ section }) => section)
  const conns = pieces.filter(({ section }) => section.type === 'conn' && section.name !== '%default')
  const names = [...new Set(conns.map(({ section }) => section.name))]
  return names.flatMap((name): Foreign[] => {
    const own = conns.filter(({ section }) => section.name === name)
    const last = own.at(-1)
    if (!last) return []
    const settings = settingsOf(last.section, all)
    // A section of which others are made has no ends of its own.
    if (!settings.has('left') && !settings.has('right')) return []
    return [foreignOf(facts, name, own, { settings, all })]
  })
}

function foreignOf(
  { daemons }: IpsecFacts,
  name: string,
  own: readonly Piece[],
  { settings, all }: { settings: ReadonlyMap<string, string>; all: readonly ConfSection[] },
): Foreign {
  const [left, right] = [addressesOf(settings.get('left')), addressesOf(settings.get('right'))]
  const readers = daemons.filter(({ kind }) => kind === 'starter' || kind === 'libreswan')
  const running = readers.find(({ isActive }) => isActive)
  const user = all.find((section) => section.name !== name && section.also.includes(name))
  const paths = [...new Set(own.map(({ path }) => path))]
  return {
    id: idOf('conf', name),
    kind: 'ipsec.conf',
    name: utf8Of(name),
    places: own.map(({ path, bytes, section }) => placeOf(path, bytes, section)),
    // Which of the two is this host, the daemon finds out by its addresses.
    ends: [
      { local: left, remote: right },
      { local: right, remote: left },
    ],
    isActive: readers.some(({ isActive, isEnabled }) => isActive || isEnabled) && settings.get('auto') !== 'ignore',
    takesTunnels: true,
    fixed: running
      ? `${running.kind === 'starter' ? 'strongSwan by ipsec.conf' : 'libreswan'} runs, and has it loaded: stop that first.`
      : user
        ? `${user.name} refers to it by "also": see to that one first.`
        : null,
    cuts: paths.map((path) => {
      const pieces = own.filter((piece) => piece.path === path)
      const spans = pieces.map(({ section }) => section)
      return cutOf(path, pieces[0]?.bytes ?? '', spans)
    }),
    live: null,
    between: betweenAll(left ?? [], right ?? []),
  }
}
