import type { Span } from './cut'

/** A section of strongswan.conf(5)'s syntax, in which swanctl.conf is written, with the sections that it refers to. */
export interface Section extends Span {
  kind: 'section'
  name: string
  refs: string[]
  nodes: SettingsNode[]
}

export type SettingsNode =
  | Section
  | ({ kind: 'setting'; key: string; value: string } & Span)
  | ({ kind: 'include'; pattern: string } & Span)

/** What a file says, each thing with its place; `isWhole` is false where strongSwan would not understand it. */
export interface SettingsDocument {
  nodes: SettingsNode[]
  isWhole: boolean
}

const BLANK = /(?:[\t\r\n ]+|#[^\n]*)+/y
const INCLUDE = /include[\t ]+(?!=)/y
const PATTERN = /"(?:[^"\\]|\\[\s\S])*"|(?:\\[\s\S]|[^"\\#}\r\n\t ])+/y
const NAME = /[^#{}=":,\r\n\t ]+/y
/** What a section refers to, behind a colon. */
const REFS = /[\t ]*:([^#{}="\r\n]*)/y
const BRACE = /\{/y
const KEY = /([^#{}="\r\n\t ]+)[\t ]*=/y
const PART = /[\t\r ]+|"(?:[^"\\]|\\[\s\S])*"|[^#}"\r\n\t ]+/y

/**
 * Understands a file as strongSwan's settings_lexer and settings_parser do: values end with their line, at a comment or at a
 * closing brace; strings may go over several lines. Never throws, and without recursion, since a host says how deep it goes.
 */
export function parseSettings(bytes: string): SettingsDocument {
  const nodes: SettingsNode[] = []
  const open: Section[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(bytes)
    if (match) at += match[0].length
    return match
  }
  for (;;) {
    take(BLANK)
    if (at >= bytes.length) return { nodes, isWhole: open.length === 0 }
    const from = at
    const inner = open.at(-1)
    if (bytes[at] === '}') {
      if (!inner) return { nodes, isWhole: false }
      at += 1
      inner.to = at
      open.pop()
      continue
    }
    const node = statement(take, from)
    if (!node) return { nodes, isWhole: false }
    node.to = at
    ;(inner?.nodes ?? nodes).push(node)
    if (node.kind === 'section') open.push(node)
    else if (node.kind === 'setting') [node.value, node.to] = valueAt(take, at)
  }
}

function statement(take: (pattern: RegExp) => RegExpExecArray | null, from: number): SettingsNode | null {
  if (take(INCLUDE)) {
    const pattern = take(PATTERN)?.[0]
    return pattern === undefined ? null : { kind: 'include', pattern: textOf(pattern), from, to: from }
  }
  const key = take(KEY)?.[1]
  if (key !== undefined) return { kind: 'setting', key, value: '', from, to: from }
  const name = take(NAME)?.[0]
  const refs = take(REFS)?.[1] ?? ''
  take(BLANK)
  if (name === undefined || !take(BRACE)) return null
  const others = refs.split(/[\s,]+/).filter(Boolean)
  return { kind: 'section', name, refs: others, nodes: [], from, to: from }
}

/** A value, its parts with one blank between, and where it ends. */
function valueAt(take: (pattern: RegExp) => RegExpExecArray | null, begin: number): [string, number] {
  const parts: string[] = []
  let end = begin
  for (let part = take(PART); part; part = take(PART)) {
    if (part[0].trim() === '') continue
    parts.push(textOf(part[0]))
    end = part.index + part[0].length
  }
  return [parts.join(' '), end]
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function textOf(part: string): string {
  const isString = part.startsWith('"')
  const text = isString ? part.slice(1, -1) : part
  if (!isString) return text
  return text.replace(/\\(\r?\n|[\s\S])/g, (_, sign: string) => (/\n$/.test(sign) ? '' : (escapes[sign] ?? sign)))
}
