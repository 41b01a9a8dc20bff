/** A piece of a Bacula configuration; all pieces in a row are the file, byte for byte. */
export interface Token {
  kind: 'space' | 'comment' | 'string' | 'word' | '{' | '}' | '=' | ';'
  text: string
}

/**
 * Takes a configuration apart as Bacula's own reader does (lex.c): `#` begins a comment anywhere but in a string, `"` a
 * string in which a backslash takes the next sign as it is, braces and `=` and `;` stand alone. Never fails: an open
 * string goes to the end of the file.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at += token.text.length
  }
  return tokens
}

function tokenAt(text: string, at: number): Token {
  const sign = text[at] ?? ''
  if (sign === '{' || sign === '}' || sign === '=' || sign === ';') return { kind: sign, text: sign }
  if (sign === '#') return { kind: 'comment', text: matchAt(text, at, /#[^\n]*/y) }
  if (sign === '"') return { kind: 'string', text: matchAt(text, at, /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/y) }
  const space = matchAt(text, at, /[ \t\r\n\f\v]+/y)
  if (space !== '') return { kind: 'space', text: space }
  return { kind: 'word', text: matchAt(text, at, /[^ \t\r\n\f\v{}=;#"]+/y) }
}

function matchAt(text: string, at: number, pattern: RegExp): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** The file of these pieces. */
export function printTokens(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('')
}

/** A directive of a resource: its name in small letters without spaces, as Bacula compares, and its value. */
export interface Directive {
  name: string
  value: string
}

/** A resource at the top of a file, by the places of its bytes. */
export interface Resource {
  type: string
  start: number
  end: number
  directives: readonly Directive[]
}

/** The resources of a file in their order; null when its braces do not close, so that nothing can be told safely. */
export function resourcesOf(text: string): Resource[] | null {
  const resources: Resource[] = []
  let depth = 0
  let at = 0
  let head: { type: string; start: number } | null = null
  let inner: Token[] = []
  for (const token of tokensOf(text)) {
    const end = at + token.text.length
    if (token.kind === '{') {
      depth += 1
      if (depth > 1) inner.push(token)
    } else if (token.kind === '}') {
      depth -= 1
      if (depth < 0) return null
      if (depth > 0) inner.push(token)
      else {
        if (head) resources.push({ ...head, end, directives: directivesOf(inner) })
        head = null
        inner = []
      }
    } else if (depth > 0) inner.push(token)
    else if (token.kind === 'word' && !token.text.startsWith('@'))
      head ??= { type: token.text.toLowerCase(), start: at }
    else if (token.kind === 'word') head = null
    at = end
  }
  return depth === 0 ? resources : null
}

/** Directives on the first level of a resource: `Name = value`, ended by a line end or `;`. */
function directivesOf(tokens: readonly Token[]): Directive[] {
  const directives: Directive[] = []
  let name = ''
  let value: string | null = null
  let depth = 0
  const close = () => {
    if (value !== null && name !== '')
      directives.push({ name: name.toLowerCase().replace(/\s/g, ''), value: value.trim() })
    name = ''
    value = null
  }
  for (const { kind, text } of tokens) {
    if (kind === '{') {
      depth += 1
      name = ''
      value = null
    } else if (kind === '}') depth -= 1
    else if (depth > 0 || kind === 'comment') continue
    else if (kind === ';' || (kind === 'space' && text.includes('\n') && value?.trim())) close()
    else if (kind === '=' && value === null) value = ''
    else if (value === null) name += text
    else value += kind === 'string' ? unquoted(text) : text
  }
  close()
  return directives
}

/** What a string says. */
export function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '').replace(/\\([\s\S])/g, '$1')
}

/** The first value of a directive. */
export function directiveOf({ directives }: Resource, name: string): string | null {
  return directives.find((directive) => directive.name === name)?.value ?? null
}

/** The configuration without what its `Password` directives (any name that ends so) hold, also in comments. */
export function withoutPasswords(text: string): string {
  let name = ''
  let isSecret = false
  let isTold = false
  const out = tokensOf(text).map(({ kind, text: piece }) => {
    if (kind === 'comment') return piece.replace(/(password\s*=\s*).*/i, '$1"********"')
    // A value may begin on the next line; it ends with its line.
    if (
      kind === ';' ||
      kind === '{' ||
      kind === '}' ||
      (kind === 'space' && piece.includes('\n') && (isTold || !isSecret))
    ) {
      name = ''
      isSecret = false
      isTold = false
    } else if (kind === '=' && !isSecret) isSecret = /password$/i.test(name)
    else if (isSecret && kind !== 'space') {
      isTold = true
      return '"********"'
    } else if (kind === 'word') name += piece
    return piece
  })
  return out.join('')
}
