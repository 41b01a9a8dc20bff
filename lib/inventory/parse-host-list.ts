import { hostNameField, loginField, portField, tagsField } from './fields'
import { readAddress } from './host-address'

/** A key as a known_hosts line gives it; its fingerprint is computed on the server. */
export interface ListedKey {
  algorithm: string
  key: string
}

/** One host of a pasted list. */
export interface ListedHost {
  /** Of the paste, counted from 1. */
  line: number
  address: string
  port: number
  login: string | null
  name: string
  tags: string[]
  /** Keys that the paste itself names (known_hosts); to be compared with what the host offers. */
  keys: ListedKey[]
}

export interface ListProblem {
  line: number
  text: string
  problem: string
}

export interface ParsedHostList {
  hosts: ListedHost[]
  problems: ListProblem[]
}

/** As many as one paste may name. */
export const longestList = 500

/**
 * Reads a pasted list: one host a line, as `[login@]address[:port], name, tags…`, or as lines of a known_hosts file
 * (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Empty lines and # are skipped; lines of the same address and port become
 * one host. Pure: what is wrong with a line is said, the others go on.
 */
export function parseHostList(text: string): ParsedHostList {
  const byPlace = new Map<string, ListedHost>()
  const problems: ListProblem[] = []
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = raw.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const line = index + 1
    const read = isKnownHosts(trimmed) ? readKnownHosts(trimmed, line) : readPlain(trimmed, line)
    if ('problem' in read) problems.push({ line, text: trimmed.slice(0, 200), problem: read.problem })
    else addTo(byPlace, read, problems, trimmed)
  }
  const hosts = [...byPlace.values()]
  for (const host of hosts.splice(longestList))
    problems.push({ line: host.line, text: host.name, problem: `One list holds at most ${longestList} hosts.` })
  return { hosts, problems }
}

function addTo(byPlace: Map<string, ListedHost>, host: ListedHost, problems: ListProblem[], text: string): void {
  const place = `${host.address} ${host.port}`
  const same = byPlace.get(place)
  if (!same) {
    byPlace.set(place, host)
  } else if (host.keys.length > 0 && same.keys.length > 0) {
    same.keys.push(...host.keys)
  } else {
    problems.push({
      line: host.line,
      text: text.slice(0, 200),
      problem: `Line ${same.line} has this address and port already.`,
    })
  }
}

const keyType = /^(ssh-(rsa|dss|ed25519|ed448)|ecdsa-sha2-\S+|sk-\S+)$/

function isKnownHosts(line: string): boolean {
  const words = line.split(/\s+/)
  return keyType.test(words[1] ?? '') || keyType.test(words[2] ?? '') || line.startsWith('|1|')
}

type Read = ListedHost | { problem: string }

function readKnownHosts(text: string, line: number): Read {
  const words = text.split(/\s+/)
  if (words[0]?.startsWith('@'))
    return { problem: `${words[0]} lines name an authority or a revoked key, not a host. Leave this line out.` }
  const [names = '', algorithm = '', key = ''] = words
  if (names.startsWith('|'))
    return { problem: 'The name in this line is hashed and cannot be read back. Write the address instead.' }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return { problem: 'The key in this line is cut off.' }
  // The first name is what people type; the others are usually the addresses behind it.
  const first = names.split(',')[0] ?? ''
  if (/[*?!]/.test(first)) return { problem: 'This line is a pattern for many hosts. Write the address of one.' }
  const place = readPlace(first)
  if ('problem' in place) return place
  return { line, ...place, login: null, name: place.address.replace(/:/g, '-'), tags: [], keys: [{ algorithm, key }] }
}

function readPlain(text: string, line: number): Read {
  const [where = '', name = '', ...tags] = fieldsOf(text)
  const at = where.lastIndexOf('@')
  const login = at > 0 ? loginField.safeParse(where.slice(0, at)) : null
  if (login && !login.success) return { problem: firstProblem(login.error) }
  const place = readPlace(where.slice(at + 1))
  if ('problem' in place) return place
  const named = hostNameField.safeParse(name === '' ? place.address.replace(/[:%]/g, '-').replace(/^-+/, '') : name)
  if (!named.success) return { problem: firstProblem(named.error) }
  const tagged = tagsField.safeParse(tags)
  if (!tagged.success) return { problem: firstProblem(tagged.error) }
  return { line, ...place, login: login?.data ?? null, name: named.data, tags: tagged.data, keys: [] }
}

// With a comma, semicolon or tab between address and name, blanks part the tags; without, blanks part everything.
function fieldsOf(text: string): string[] {
  const [where = '', name = '', ...rest] = text.split(/\s*[,;\t]\s*/)
  if (name === '' && rest.length === 0) return text.split(/\s+/)
  return [where, name, ...rest.flatMap((tag) => tag.split(/\s+/)).filter((tag) => tag !== '')]
}

function readPlace(text: string): { address: string; port: number } | { problem: string } {
  const split = text.match(/^\[(.+)\]:(\d+)$/) ?? text.match(/^([^:]+):(\d+)$/)
  const address = readAddress(split?.[1] ?? text)
  if (!address.ok) return { problem: address.problem }
  const port = portField.safeParse(split?.[2] ?? 22)
  return port.success ? { address: address.address, port: port.data } : { problem: firstProblem(port.error) }
}

function firstProblem(error: { issues: readonly { message: string }[] }): string {
  return error.issues[0]?.message ?? 'This line cannot be read.'
}
