/**
 * What one program may be told so that it only reads. `options` stand alone; `valued` take the next word or come as
 * `--option=value`; every other word is an operand and must match `operand`. What is not listed is refused: a program's
 * next release may give any other word a meaning that writes.
 */
export interface WordRule {
  options?: readonly string[]
  valued?: Readonly<Record<string, RegExp>>
  operand?: RegExp
  /** Words that must be among them. */
  needs?: readonly string[]
  /** A last word on the whole, where order or a verb matters; `operands` are the words that are no option. */
  whole?: (words: readonly string[], operands: readonly string[]) => boolean
}

/** A file that is no device. */
export const path = /^\/(?!dev(\/|$))(?!.*\/(\/|\.\.(\/|$)))[^\0\n]*$/
export const anyPath = /^\/[^\0\n]*$/
/** Any text. */
export const format = /^[^\0]*$/
export const name = /^[A-Za-z0-9_][\w.:@+~*?[\]\\-]*$/
export const number = /^\d{1,9}$/
/** Names of columns or properties. */
export const columns = /^\+?[\w,:%.-]+$/

/** Whether the words keep the rule. */
export function keepsRule(rule: WordRule, words: readonly string[]): boolean {
  const operands = operandsOf(rule, words)
  if (operands === null) return false
  if (operands.some((word) => !rule.operand?.test(word))) return false
  if (rule.needs?.some((need) => !words.includes(need))) return false
  return rule.whole?.(words, operands) ?? true
}

/** The operands, or null when an option is not in the rule or its value does not fit. */
function operandsOf(rule: WordRule, words: readonly string[]): string[] | null {
  const operands: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word.includes('\0')) return null
    if (!word.startsWith('-')) {
      operands.push(word)
      continue
    }
    if (rule.options?.includes(word)) continue
    const equals = word.indexOf('=')
    const option = equals > 0 ? word.slice(0, equals) : word
    const value = equals > 0 ? word.slice(equals + 1) : words[++at]
    const fits = rule.valued?.[option]
    if (!fits || value === undefined || !fits.test(value)) return null
  }
  return operands
}
