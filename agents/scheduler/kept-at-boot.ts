import { rcIdentity } from './boot-way'
import type { Device, FoundDocument, SchedulerFacts } from './facts'
import { identityKey, udevMatch } from './identity'
import { splitBlock } from './rc-block'
import { rcLocalEntries } from './rc-local'
import { startScripts } from './start-scripts'
import { findRule, parseRules, RULE_FILE } from './udev-rules'

/** What Pollux sets for the device at boot, and in which file; null when it does not. */
export function keptAtBoot(device: Device, facts: SchedulerFacts): { scheduler: string; path: string } | null {
  const rule = ruleIn(facts.ruleFile, device)
  if (rule !== null) return { scheduler: rule, path: RULE_FILE }
  for (const { path, document } of startScripts(facts)) {
    const scheduler = entryIn(document, device)
    if (scheduler !== null) return { scheduler, path }
  }
  return null
}

/** What our rules file sets for the device. */
export function ruleIn(document: FoundDocument, device: Device): string | null {
  return document.state === 'there' ? findRule(parseRules(document.bytes), udevMatch(device.identity)) : null
}

/** What our block in a start script sets for the device. */
export function entryIn(document: FoundDocument, device: Device): string | null {
  if (document.state !== 'there') return null
  const keys = new Set([identityKey(device.identity), identityKey(rcIdentity(device))])
  return rcLocalEntries(document.bytes).findLast((entry) => keys.has(identityKey(entry.identity)))?.scheduler ?? null
}

/** Whether a start script holds lines of ours. */
export function holdsBlock(document: FoundDocument): boolean {
  return document.state === 'there' && document.type === 'file' && splitBlock(document.bytes).block !== ''
}
