/** Words that no question needs; they stand in none of the strings either, which a prepared statement could be made of. */
const acts =
  /\b(insert|update|delete|replace|drop|create|alter|grant|revoke|truncate|rename|load|load_file|call|kill|flush|reset|purge|lock|unlock|install|uninstall|change|start|stop|shutdown|handler|import|outfile|dumpfile|persist|persist_only|sleep|benchmark|get_lock|optimize|repair|analyze|do\s+[a-z]|for\s+update|into)\b/i

const forms = [
  /^select\b/i,
  /^show\b/i,
  // Variables of the session, and of the one who asks.
  /^set\s+(@[a-z_]+|session\s+[a-z_]+)\s*=/i,
  /^prepare\s+[a-z_]+\s+from\s+@[a-z_]+$/i,
  /^execute\s+[a-z_]+$/i,
]

/**
 * Whether statements for the client of MySQL or MariaDB only read. Closed: what is not a question, or a variable of the
 * session, is refused. Backslashes are too, because the client has commands of its own behind them (`\!` runs a program), and
 * comments of the server's are read as what they hide.
 */
export function isReadingSql(text: string): boolean {
  if (/[\\\0]/.test(text)) return false
  const bare = text.replaceAll(/\/\*M?!\d{5,6}/g, ' ').replaceAll('*/', ' ')
  if (/--|#|\/\*|:=/.test(withoutStrings(bare)) || acts.test(bare)) return false
  if (/\bglobal\b/i.test(bare.replaceAll(/\bshow\s+global\s+(variables|status)\b/gi, ''))) return false
  const statements = withoutStrings(bare)
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  const settings = statements.filter((statement) => /^set\b/i.test(statement)).flatMap(settingsOf)
  const areOwn = settings.every((setting) => /^(@[a-z_]+|session\s+[a-z_]+)\s*=/i.test(setting))
  const prepared = statements.flatMap((statement) => /^prepare\s+\w+\s+from\s+(@\w+)$/i.exec(statement)?.[1] ?? [])
  return (
    statements.length > 0 &&
    areOwn &&
    statements.every((statement) => forms.some((form) => form.test(statement))) &&
    prepared.every((variable) => isOneOfTwoTexts(settings, variable))
  )
}

/** `SET a = 1, b = (…, …)` taken apart at the commas that stand in no brackets. */
function settingsOf(statement: string): string[] {
  const parts = ['']
  let depth = 0
  for (const letter of statement.replace(/^set\s+/i, '')) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map((part) => part.trim())
}

/** What is prepared stands as it is in the text that was judged, and is not put together by the server. */
function isOneOfTwoTexts(settings: readonly string[], variable: string): boolean {
  const texts = settings.filter((setting) => /^@\w+/.exec(setting)?.[0].toLowerCase() === variable.toLowerCase())
  return texts.length > 0 && texts.every((setting) => /^@\w+ = if\(.*,\s*(?:'')+\s*,\s*''\s*\)$/is.test(setting))
}

/** The text with every string emptied; a doubled quote ends one and begins the next, which comes to the same. */
function withoutStrings(text: string): string {
  return text.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`/g, "''")
}
