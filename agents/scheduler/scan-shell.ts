/** Where a script ends, as far as reading it can tell. */
export type ShellScan =
  | {
      ok: true
      /** Start of the first line that surely ends the script at top level (`exit`, `exec PROGRAM`); null: it runs to its end. */
      endsAt: number | null
      /** Lines (from 1) before that one on which the script may leave early. */
      mayLeaveAt: readonly number[]
    }
  | { ok: false; line: number; why: string }

type Frame = 'if' | 'loop' | 'case' | 'brace' | 'paren'

const openers: Readonly<Record<string, Frame>> = {
  if: 'if',
  for: 'loop',
  while: 'loop',
  until: 'loop',
  select: 'loop',
  case: 'case',
  '{': 'brace',
}
const closers: Readonly<Record<string, Frame>> = { fi: 'if', done: 'loop', esac: 'case', '}': 'brace' }
const leads = new Set(['then', 'else', 'elif', 'do', '!', 'time'])

class Confused extends Error {
  constructor(
    readonly at: number,
    readonly why: string,
  ) {
    super(why)
  }
}

/**
 * Reads a POSIX shell script (XCU 2.3 token recognition, 2.10 grammar) just far enough to know its top-level commands:
 * quotes, comments, here-documents, substitutions and compound commands. Anything it cannot follow is `ok: false`.
 */
export function scanShell(text: string): ShellScan {
  try {
    return new Scanner(text).run()
  } catch (error) {
    // Substitutions are followed by recursion: a script nested beyond the stack is refused, not fatal.
    if (error instanceof RangeError) return { ok: false, line: 1, why: 'nested too deeply' }
    if (!(error instanceof Confused)) throw error
    return { ok: false, line: lineOf(text, error.at), why: error.why }
  }
}

class Scanner {
  private at = 0
  /** Where the current top-level command began, with all its lines. */
  private lineStart = 0
  private readonly frames: Frame[] = []
  private heredocs: { word: string; tabs: boolean }[] = []
  private isCommand = true
  private isConditional = false
  /** Behind `&&`, `||`, `|` and `name()` the command goes on, whatever newlines follow. */
  private isPending = false
  private readonly leaves: number[] = []

  constructor(private readonly text: string) {}

  run(): ShellScan {
    let endsAt: number | null = null
    while (this.at < this.text.length && endsAt === null) endsAt = this.token()
    if (endsAt === null && this.frames.length > 0) throw new Confused(this.at, 'a compound command is not closed')
    if (endsAt === null && this.heredocs.length > 0) throw new Confused(this.at, 'a here-document is not closed')
    return { ok: true, endsAt, mayLeaveAt: this.leaves }
  }

  private token(): number | null {
    const char = this.text[this.at] ?? ''
    if (char === '\n') this.newline()
    else if (char === ' ' || char === '\t' || char === '\r') this.at += 1
    else if (char === '#') this.at = endOfLine(this.text, this.at)
    else if (this.text.startsWith('\\\n', this.at)) this.at += 2
    else if (';&|()<>'.includes(char)) this.operator(char)
    else return this.word()
    return null
  }

  private newline(): void {
    this.at += 1
    for (const { word, tabs } of this.heredocs) this.skipHeredoc(word, tabs)
    this.heredocs = []
    this.isCommand = true
    if (this.isPending) return
    this.isConditional = false
    if (this.frames.length === 0) this.lineStart = this.at
  }

  private skipHeredoc(word: string, tabs: boolean): void {
    while (this.at < this.text.length) {
      const end = endOfLine(this.text, this.at)
      const line = this.text.slice(this.at, end)
      this.at = Math.min(end + 1, this.text.length)
      if ((tabs ? line.replace(/^\t+/, '') : line) === word) return
    }
    throw new Confused(this.at, `the here-document that ends with ${word} is not closed`)
  }

  private operator(char: string): void {
    const two = this.text.slice(this.at, this.at + 2)
    if (two === '<<') {
      this.heredocStart()
      return
    }
    if (char === '<' || char === '>') {
      this.at += /^[<>][&>|<]/.test(two) ? 2 : 1
      this.skipBlanks()
      // The word behind a redirection is no command.
      this.readWord()
      return
    }
    if (char === '(') {
      if (two === '((') throw new Confused(this.at, 'arithmetic in double parentheses')
      this.frames.push('paren')
    } else if (char === ')') {
      const top = this.frames.at(-1)
      if (top === 'paren') this.frames.pop()
      else if (top !== 'case') throw new Confused(this.at, 'a parenthesis closes nothing')
    }
    const isList = two === '&&' || two === '||'
    this.isConditional = isList || char === '|'
    this.isPending = this.isConditional || (char === ')' && /\([ \t]*$/.test(this.text.slice(this.at - 9, this.at)))
    this.at += isList || two === ';;' ? 2 : 1
    this.isCommand = true
  }

  private heredocStart(): void {
    if (this.text.startsWith('<<<', this.at)) {
      this.at += 3
      this.skipBlanks()
      this.readWord()
      return
    }
    const tabs = this.text[this.at + 2] === '-'
    this.at += tabs ? 3 : 2
    this.skipBlanks()
    const word = this.readWord().replace(/['"\\]/g, '')
    if (word === '') throw new Confused(this.at, 'a here-document has no end word')
    this.heredocs.push({ word, tabs })
  }

  private word(): number | null {
    const start = this.at
    const word = this.readWord()
    this.isPending = false
    if (!this.isCommand) return null
    const opener = openers[word]
    const closer = closers[word]
    if (opener) {
      this.frames.push(opener)
      this.isCommand = word !== 'for' && word !== 'case' && word !== 'select'
    } else if (closer) {
      if (this.frames.pop() !== closer) throw new Confused(start, `${word} closes nothing`)
      this.isCommand = false
    } else if (word === '[[' || word === 'function') {
      throw new Confused(start, `${word} is no plain sh`)
    } else if (!leads.has(word) && !/^[A-Za-z_]\w*=/.test(word)) {
      this.isCommand = false
      if (word === 'exit' || (word === 'exec' && this.isExecOfProgram())) return this.leave(start)
    }
    return null
  }

  private leave(start: number): number | null {
    if (this.frames.length === 0 && !this.isConditional) return this.lineStart
    this.leaves.push(lineOf(this.text, start))
    return null
  }

  // `exec 2>log` only redirects; the script goes on.
  private isExecOfProgram(): boolean {
    return /^[ \t]+(?!\d*[<>])[^\s;&|#]/.test(this.text.slice(this.at, this.at + 200))
  }

  private skipBlanks(): void {
    while (' \t'.includes(this.text[this.at] ?? '\n')) this.at += 1
  }

  /** Reads one word with its quotes and substitutions; "" at an operator or a line's end. */
  private readWord(): string {
    const start = this.at
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? ''
      if (' \t\r\n;&|()<>'.includes(char)) break
      this.at = skipPiece(this.text, this.at)
    }
    return this.text.slice(start, this.at).replaceAll('\\\n', '')
  }
}

/** The end of one character, quote or substitution that begins here. */
function skipPiece(text: string, at: number): number {
  const char = text[at]
  if (char === '\\') {
    if (at + 1 >= text.length) throw new Confused(at, 'the last line ends in a backslash')
    return at + 2
  }
  if (char === "'") return closing(text, at + 1, "'") + 1
  if (char === '"') return skipNested(text, at + 1, '"')
  if (char === '`') return skipNested(text, at + 1, '`')
  if (text.startsWith('$((', at)) return skipNested(text, at + 3, '))')
  if (text.startsWith('$(', at)) return skipNested(text, at + 2, ')')
  if (text.startsWith('${', at)) return skipNested(text, at + 2, '}')
  return at + 1
}

function skipNested(text: string, from: number, end: string): number {
  let at = from
  while (at < text.length) {
    if (text.startsWith(end, at)) return at + end.length
    const isQuoted = end === '"' && text[at] === "'"
    if (end === ')' && isInvolved(text, at)) {
      throw new Confused(at, 'a command substitution that is too involved')
    }
    if (end !== '"' && text[at] === '(') at = skipNested(text, at + 1, ')')
    else at = isQuoted ? at + 1 : skipPiece(text, at)
  }
  throw new Confused(from, `a quote or substitution is not closed with ${end}`)
}

// A comment, a here-document or a case pattern inside may hold a parenthesis that closes nothing.
function isInvolved(text: string, at: number): boolean {
  const piece = text.slice(at - 1, at + 5)
  return /^[\s;(]#/.test(piece) || /^.<</s.test(piece) || /^[\s;(]case\s/.test(piece)
}

function closing(text: string, from: number, end: string): number {
  const at = text.indexOf(end, from)
  if (at < 0) throw new Confused(from, `a quote is not closed with ${end}`)
  return at
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 ? text.length : at
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
