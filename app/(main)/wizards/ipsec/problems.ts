import { numberOf, rangeOf } from '@/agents/ipsec/mesh/address-net'
import { problemOfLabel, problemOfTag } from '@/agents/ipsec/typed'
import { desiredOf, type Frame, othersOf, plannedInners, type Wish, whyInTheWay } from './wish'

/** What is wrong with the form, by its field as the plan names it: "members.HOST.inner". Empty when a plan can be asked for. */
export function problemsOf(frame: Frame, wish: Wish): Readonly<Record<string, string>> {
  const { hosts, before, takenTags } = frame
  const desired = desiredOf(frame, wish)
  const nameOf = (hostId: string) => hosts.find((host) => host.hostId === hostId)?.name ?? hostId
  const problems: Record<string, string> = {}
  const say = (field: string, sentence: string | null) => {
    if (sentence !== null) problems[field] ??= sentence
  }
  if (!before) {
    say('name', desired.name === '' ? 'A mesh has a name.' : null)
    say(
      'tag',
      problemOfTag(desired.tag) ??
        (takenTags.includes(desired.tag) ? `A mesh ${desired.tag} stands already. Choose another short name.` : null),
    )
  }
  const older = hosts.find(({ isOlder }) => isOlder)
  if (older && desired.profile === 'modern')
    say(
      'profile',
      `${older.name} runs strongSwan by ipsec.conf, which the modern profile has no place for. Choose the compatible one: pairs of other members stay as strong.`,
    )
  say('prefix', plannedInners(frame, wish).problem)
  if (hosts.length < 2)
    say(
      'members',
      before
        ? 'A mesh has two members at least. Take it away instead.'
        : 'A mesh has two members at least: choose more hosts.',
    )
  for (const { hostId, label, inner } of desired.members) {
    const field = (key: string) => `members.${hostId}.${key}`
    say(field('label'), problemOfLabel(label))
    if (!problems['prefix']) say(field('inner'), problemOfInner(inner, desired.prefix))
  }
  for (const { key, hostId, name, other } of othersOf(frame)) {
    const why = wish.replaced.includes(key) ? null : whyInTheWay(frame, wish, hostId, other)
    const wayOut = other.fixed ?? 'Have it replaced, or leave one of the two hosts out.'
    say(`foreign.${hostId}.${other.id}`, why && `${name} has ${other.what}. ${why} ${wayOut}`)
  }
  for (const key of ['label', 'outer', 'inner'] as const) {
    const seen = new Map<string, string>()
    for (const { hostId, [key]: value } of desired.members) {
      const other = seen.get(value)
      if (value !== '' && other !== undefined)
        say(`members.${hostId}.${key}`, `${nameOf(other)} has ${value} already. Each member has its own.`)
      else seen.set(value, hostId)
    }
  }
  return problems
}

function problemOfInner(inner: string, prefix: string): string | null {
  const number = numberOf(inner)
  const range = rangeOf(prefix)
  if (number === null || inner.includes('/')) return 'Expected an IPv4 address without a prefix, such as 10.20.0.1.'
  const isInside = range !== null && range.first < number && number < range.last
  return isInside ? null : `Expected an address in ${prefix}, and neither its first nor its last.`
}
