import type { ChildSaFacts, IkeSaFacts } from './facts'

/** What `ipsec statusall` of strongSwan's starter tells. */
export interface StrokeStatus {
  /** Names of the connections that charon has loaded. */
  connections: string[]
  sas: IkeSaFacts[]
  /** Names of the children that the kernel asks for by itself. */
  traps: string[]
}

const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 }

/**
 * Understands `ipsec statusall` (ipsec(8)): sections of lines "NAME: ", "NAME[1]: " of the key exchange and "NAME{1}: " of
 * ESP, which are prose. Null where it is no such answer: pluto and a daemon that does not run say something else.
 */
export function parseStatusall(text: string): StrokeStatus | null {
  if (!/^Status of IKE charon daemon/m.test(text) || !/^Security Associations \(/m.test(text)) return null
  const connections = new Set<string>()
  const traps = new Set<string>()
  const sas = new Map<string, IkeSaFacts>()
  const children = new Map<string, ChildSaFacts>()
  for (const line of text.split('\n')) {
    const [, name = '', open = '', id = '', said = ''] =
      /^ *([^\s:[{]+)(?:([[{])(\d+)[\]}])?: +(\S.*)$/.exec(line) ?? []
    if (name === '') continue
    if (open === '[') readIke(sas, name, id, said)
    else if (open === '{') {
      if (said.startsWith('ROUTED, TRANSPORT')) traps.add(name)
      const child = readChild(children, name, id, said)
      // A child is listed behind the key exchange that made it.
      if (child) [...sas.values()].findLast((sa) => sa.name === name)?.children.push(child)
    } else if (/\bIKEv[12]/.test(said)) connections.add(name)
  }
  return { connections: [...connections], sas: [...sas.values()], traps: [...traps] }
}

function readIke(sas: Map<string, IkeSaFacts>, name: string, id: string, said: string): void {
  const key = `${name}[${id}]`
  const [, state = '', since = '', local = '', remote = ''] =
    /^([A-Z]+)(?: (\d+ [a-z]+) ago)?, ([\d.:a-f]+)\[.*\]\.\.\.([\d.:a-f]+)\[/.exec(said) ?? []
  if (state !== '') {
    const fresh = { name, state, version: 0, localHost: local, remoteHost: remote, ageS: secondsOf(since), suite: '' }
    sas.set(key, { ...fresh, children: [] })
    return
  }
  const sa = sas.get(key)
  if (!sa) return
  const version = /^IKEv([12]) SPIs/.exec(said)?.[1]
  if (version !== undefined) sa.version = Number(version)
  const suite = /^IKE proposal: (\S+)$/.exec(said)?.[1]
  if (suite !== undefined) sa.suite = suiteText(suite)
}

/** The child that begins in this line; later lines of it are added to the one that began. */
function readChild(found: Map<string, ChildSaFacts>, name: string, id: string, said: string): ChildSaFacts | null {
  const key = `${name}{${id}}`
  const [, state = '', mode = '', spiIn = '', spiOut = ''] =
    /^([A-Z]+), ([A-Z]+),.* ESP(?: in UDP)? SPIs: ([0-9a-f]+)_i ([0-9a-f]+)_o/.exec(said) ?? []
  if (state !== '') {
    const child = { name, state, mode, suite: '', bytesIn: 0, bytesOut: 0, ageS: 0, spiIn, spiOut }
    found.set(key, child)
    return child
  }
  const child = found.get(key)
  const [, suite, bytesIn, bytesOut] = /^([A-Z]\S+), (\d+) bytes_i.*?, (\d+) bytes_o/.exec(said) ?? []
  if (child && suite !== undefined) {
    child.suite = suiteText(suite)
    child.bytesIn = Number(bytesIn)
    child.bytesOut = Number(bytesOut)
  }
  return null
}

/** "AES_GCM_16-256/ECP_256" of "AES_GCM_16_256/ECP_256", as vici's answers are put together. */
function suiteText(said: string): string {
  return said.replace(/^([A-Z0-9_]+)_(\d+)(?=\/|$)/, '$1-$2')
}

/** 720 of "12 minutes": how old, as exactly as it is told. */
function secondsOf(since: string): number {
  const [count = '0', unit = ''] = since.split(' ')
  return Number(count) * (SECONDS[unit.replace(/s$/, '')] ?? 0)
}
