/** What bconsole said to each line it was given. */
export interface ConsoleAnswers {
  /** As the greeting names them: "willow-dir", "9.6.7". */
  director: string
  version: string
  /** One for each line; null where the conversation ended before it. */
  answers: readonly (string | null)[]
}

const greeting = /^1000 OK: \d+ (\S+) Version: (\S+)/

/**
 * Takes a conversation apart: with -n, bconsole prints each line that it was given before the answer to it. Null when the
 * director did not greet. A question that the director asked back ate the lines behind it: those have no answer.
 */
export function splitAnswers(output: string, lines: readonly string[]): ConsoleAnswers | null {
  const printed = output.replaceAll('\r', '').split('\n')
  const start = printed.findIndex((line) => greeting.test(line))
  const [, director, version] = greeting.exec(printed[start] ?? '') ?? []
  if (director === undefined || version === undefined) return null
  const marks = [...lines, 'quit']
  const answers: (string | null)[] = []
  let at = start + 1
  let from = -1
  for (const mark of marks) {
    const found = printed.indexOf(mark, at)
    if (found < 0) break
    if (from >= 0) answers.push(printed.slice(from, found).join('\n'))
    from = found + 1
    at = from
  }
  if (from >= 0 && answers.length < lines.length) answers.push(printed.slice(from).join('\n'))
  return { director, version, answers: lines.map((_, index) => answers[index] ?? null) }
}
