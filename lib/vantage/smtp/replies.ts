/** One answer of an SMTP server (RFC 5321, 4.2): its code and its lines, without code and separator. */
export interface Reply {
  code: number
  lines: readonly string[]
}

export type ReadReply = { state: 'reply'; reply: Reply } | { state: 'more' } | { state: 'wrong'; said: string }

/** RFC 5321 allows 512 bytes; some servers greet with more. */
const longestLine = 4096
const mostLines = 100

/**
 * Gathers bytes and gives answers. Bounded: a line without an end, an answer without an end and what is no answer at
 * all are `wrong`, and stay so.
 */
export function createReplyReader(): { add(chunk: Buffer): void; next(): ReadReply } {
  let rest = Buffer.alloc(0)
  let lines: string[] = []
  let code: string | null = null
  let wrong: string | null = null

  function takeLine(): string | null {
    const end = rest.indexOf(10)
    if (end < 0) {
      if (rest.length > longestLine) wrong = rest.toString('utf8', 0, longestLine)
      return null
    }
    const line = rest.toString('utf8', 0, Math.min(end, longestLine)).replace(/\r$/, '')
    if (end > longestLine) wrong = line
    rest = rest.subarray(end + 1)
    return line
  }

  return {
    add(chunk) {
      // What nobody asked for is not kept without end.
      if (wrong === null && rest.length <= longestLine * mostLines) rest = Buffer.concat([rest, chunk])
    },
    next() {
      while (wrong === null) {
        const line = takeLine()
        if (line === null || wrong !== null) break
        const match = /^([2-5]\d\d)(?:([ -])(.*))?$/su.exec(line)
        if (match === null || (code !== null && match[1] !== code) || lines.length >= mostLines) {
          wrong = line
          break
        }
        code = match[1] ?? ''
        lines.push(match[3] ?? '')
        if (match[2] === '-') continue
        const reply = { code: Number(code), lines }
        lines = []
        code = null
        return { state: 'reply', reply }
      }
      return wrong === null ? { state: 'more' } : { state: 'wrong', said: wrong }
    },
  }
}

/** "250 2.0.0 Ok" */
export function replyText({ code, lines }: Reply): string {
  return `${code} ${lines.join(' ')}`.trim()
}
