/** What Bacula allows in the name of a resource (its manual, "Resource Names"): no word of it can end a console's word. */
const pattern = /^[A-Za-z0-9_.:-](?:[A-Za-z0-9_.: -]{0,125}[A-Za-z0-9_.:-])?$/

/** Whether a text may stand as a name in a console's line, inside quotes. */
export function isConsoleName(text: string): boolean {
  return pattern.test(text)
}

/** The names of a dot command's answer (`.jobs`), each once; what is no name (a notice of messages) is left out. */
export function parseNames(answer: string): string[] {
  const lines = answer.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter((line) => isConsoleName(line) && !/^You have (no )?messages\.$/.test(line)))]
}
