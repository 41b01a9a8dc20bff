import { findVariable, ruleFor } from '../variables'
import { type Context, currentName, normalName } from './context'
import type { Setting } from './input'
import type { ProposedValue } from './proposal'

/** Settings of the option files that are to be taken out: the server refuses them, or does nothing with them. */
export function takenOut(context: Context): ProposedValue[] {
  const seen = new Set<string>()
  return context.input.settings.flatMap((setting) => {
    const name = normalName(setting.name)
    const reason = name === null ? null : whyTakenOut(name, context)
    if (name === null || reason === null || seen.has(name)) return []
    seen.add(name)
    const source = ruleFor(name, context.input.version)?.source ?? ''
    const value = { name, from: setting.value, to: null, reason, evidence: null, source }
    return [{ ...value, dynamic: true, loose: false, kept: false }]
  })
}

function whyTakenOut(name: string, context: Context): string | null {
  const rule = ruleFor(name, context.input.version)
  if (rule === null) return null
  const renamed = currentName(name, context.input)
  if (renamed !== name) return `${name} is called ${renamed} now; it is written so.`
  if (!rule.isKnown)
    return `${context.label} does not know ${name}, and does not start with it${instead(rule.replacedBy, context)}.`
  return rule.doesNothing ? `${context.label} takes ${name}, and does nothing with it.` : null
}

function instead(replacedBy: string | null, context: Context): string {
  return replacedBy !== null && context.has(replacedBy) ? `; it has ${replacedBy} instead` : ''
}

/** A note where option files say a name in short; null where they say it in full. */
export function abbreviationNote(setting: Setting | null): string | null {
  if (setting === null || findVariable(setting.name) !== null) return null
  return `${setting.name} is an abbreviation, which MySQL 8.0 refuses; it is written in full.`
}
