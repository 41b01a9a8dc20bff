import type { Span } from './cut'

/** A section of ipsec.conf(5): strongSwan's and libreswan's alike. */
export interface ConfSection extends Span {
  type: 'conn' | 'config' | 'ca'
  name: string
  /** Its own parameters; of one that stands twice the last. `also` may stand more than once. */
  settings: Map<string, string>
  also: string[]
}

export interface ConfDocument {
  sections: ConfSection[]
  includes: string[]
}

const HEAD = /^(conn|ca|config)[ \t]+([^\s#]+)/
const SETTING = /^[ \t]+([^\s=#]+)[ \t]*=[ \t]*(.*)$/

/**
 * Understands a file line by line: a section begins at a line's first byte, and its parameters are indented. Blank lines and
 * comments behind a section's last parameter belong to nobody. Never throws.
 */
export function parseIpsecConf(bytes: string): ConfDocument {
  const sections: ConfSection[] = []
  const includes: string[] = []
  let section: ConfSection | null = null
  let at = 0
  for (const raw of bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const from = at
    at += raw.length
    const line = raw.replace(/\r?\n$/, '')
    const [, type, name] = HEAD.exec(line) ?? []
    if (name !== undefined && (type === 'conn' || type === 'ca' || type === 'config')) {
      section = { type, name, settings: new Map(), also: [], from, to: at }
      sections.push(section)
      continue
    }
    const include = /^\s*include[ \t]+([^\s#=]+)/.exec(line)?.[1]
    if (include !== undefined) includes.push(include.replace(/^"|"$/g, ''))
    if (/^\s*(#|$)/.test(line)) continue
    if (!/^\s/.test(line)) section = null
    const [, key, value = ''] = SETTING.exec(line) ?? []
    if (!section) continue
    section.to = at
    if (key === undefined) continue
    const text = plainValue(value)
    if (key === 'also') section.also.push(text)
    else section.settings.set(key, text)
  }
  return { sections, includes }
}

/** A value without its comment and quotes. `@#` begins an identity, no comment. */
function plainValue(text: string): string {
  const quoted = /^"([^"]*)"/.exec(text)?.[1]
  return quoted ?? text.replace(/(^|[^@])#.*$/, '$1').trim()
}

/** What holds for a connection: its own, then that of the sections it names, then that of `%default`. */
export function settingsOf(section: ConfSection, all: readonly ConfSection[]): Map<string, string> {
  const conns = new Map(all.filter(({ type }) => type === 'conn').map((one) => [one.name, one]))
  const found = new Map<string, string>()
  const seen = new Set([section])
  // A set that grows while it is gone through: each section once, the nearest first.
  for (const one of seen) {
    for (const [key, value] of one.settings) if (!found.has(key)) found.set(key, value)
    for (const other of one.also.map((name) => conns.get(name))) if (other) seen.add(other)
  }
  for (const [key, value] of conns.get('%default')?.settings ?? []) if (!found.has(key)) found.set(key, value)
  return found
}
