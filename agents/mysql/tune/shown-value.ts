import { parseSize, type VariableRule } from '../variables'

/**
 * A value as `SHOW GLOBAL VARIABLES` says it once the server has it: sizes in bytes, booleans as ON and OFF, words as the
 * server writes them.
 */
export function shownValue({ kind, words }: Pick<VariableRule, 'kind' | 'words'>, value: string): string {
  switch (kind) {
    case 'size':
    case 'integer':
      return String(parseSize(value) ?? value)
    case 'real':
      return Number(value).toFixed(6)
    case 'boolean':
      return /^(?:1|on|true|yes)$/i.test(value) ? 'ON' : 'OFF'
    case 'enum':
      return wordFor(words, value) ?? value
    default:
      return value
  }
}

/** A word as the server writes it; null where it is none of them. What may be on or off takes 1 and 0 for them. */
function wordFor(words: readonly string[] | null, value: string): string | null {
  const isSwitch = words?.includes('ON') && words.includes('OFF')
  const word = isSwitch && /^[01]$/.test(value) ? (value === '1' ? 'ON' : 'OFF') : value
  return words?.find((one) => one.toLowerCase() === word.toLowerCase()) ?? null
}

/** Why a server would not take a value, or take another instead; null where it takes it as it is. */
export function whyNotTaken(rule: VariableRule, value: string): string | null {
  const { name, kind, words, block, max } = rule
  const min = Math.max(rule.min ?? Number.NEGATIVE_INFINITY, rule.startsFrom ?? Number.NEGATIVE_INFINITY)
  if (kind === 'boolean')
    return /^(?:0|1|on|off|true|false)$/i.test(value) ? null : `Expected ON or OFF for ${name}, got "${value}".`
  if (kind === 'enum' && words)
    return wordFor(words, value) !== null ? null : `Expected one of ${words.join(', ')} for ${name}, got "${value}".`
  if (kind === 'path') return /^\//.test(value) ? null : `Expected a path from the root on for ${name}, got "${value}".`
  if (kind !== 'size' && kind !== 'integer' && kind !== 'real') return null
  const number = parseSize(value)
  if (number === null) return `Expected a number for ${name} (K, M and G count in 1024s), got "${value}".`
  if (number < min) return `Expected at least ${min} for ${name}, got ${value}: this version takes no less.`
  if (max !== null && number > max)
    return `Expected at most ${max} for ${name}, got ${value}: this version takes no more.`
  if (kind !== 'real' && number > 0 && number % block !== 0)
    return `Expected a multiple of ${block} for ${name}, got ${value}: the server would round it.`
  return null
}
