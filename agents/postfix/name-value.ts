import { refuse } from '@/lib/agent'
import { trimSpace } from './logical-lines'

export type NameValue = { ok: true; name: string; value: string } | { ok: false; why: string }

/** Splits `name = value` as Postfix does (util/split_nameval.c): the name ends at whitespace or `=`, the value is trimmed. */
export function splitNameValue(text: string): NameValue {
  const trimmed = trimSpace(text)
  const [name = ''] = /^[^ \t\n\v\f\r=]*/.exec(trimmed) ?? []
  if (name === '') return { ok: false, why: 'has no name before its "="' }
  const rest = trimSpace(trimmed.slice(name.length))
  if (!rest.startsWith('=')) return { ok: false, why: `has no "=" after "${name}"` }
  return { ok: true, name, value: trimSpace(rest.slice(1)) }
}

/**
 * Refuses a name that no parameter can have. Hyphens and dots are in names that Postfix makes from those of transports:
 * `smtp-amavis_destination_recipient_limit`.
 * @throws AppError `invalid`
 */
export function checkName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) return
  throw refuse(`Expected the name of a parameter (letters, digits, "_", "-", "."), got ${JSON.stringify(name)}.`)
}

/**
 * A value as it is written, trimmed as Postfix would. Bytes, so latin1: what needs more must be encoded before.
 * @throws AppError `invalid` for a newline, a NUL or another control character, or what is no byte
 */
export function checkedValue(name: string, value: string): string {
  // A tab is whitespace like any other.
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(value))
    throw refuse(`The value of ${name} has a line break or a control character.`)
  if (/[^\0-\xff]/.test(value)) throw refuse(`The value of ${name} has a character that is no single byte.`)
  return trimSpace(value)
}
