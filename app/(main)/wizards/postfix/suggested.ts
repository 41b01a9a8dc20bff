import { problemOfHelo } from '@/agents/postfix/typed'
import type { InstanceView } from '@/agents/postfix/view'
import type { MailHostView, Wish } from './wish'

export interface Suggestion {
  name: string
  /** "name of 203.0.113.40" */
  from: string
}

/** Names for HELO: those that the chosen addresses have in the DNS, then other addresses', then the server's own. */
export function namesFor({ names }: MailHostView, { myhostname }: InstanceView, wish: Wish): Suggestion[] {
  const isChosen = (address: string) => address === wish.source4 || address === wish.source6
  const asked = Object.keys(names).toSorted((a, b) => Number(isChosen(b)) - Number(isChosen(a)))
  const inDns = asked.flatMap((address) => (names[address] ?? []).map((name) => ({ name, from: `name of ${address}` })))
  return fitting([...inDns, { name: myhostname ?? '', from: "the server's own" }], wish.helo)
}

/** Domains that mail is sent for: that of the name, and that of the server. */
export function domainsFor({ mydomain }: InstanceView, { helo, domain }: Wish): Suggestion[] {
  return fitting(
    [
      { name: helo.trim().replace(/^[^.]*\./, ''), from: 'domain of the name' },
      { name: mydomain ?? '', from: "the server's own" },
    ],
    domain,
  )
}

function fitting(list: readonly Suggestion[], typed: string): Suggestion[] {
  return list.filter(
    ({ name }, at) =>
      name !== typed.trim() && problemOfHelo(name) === null && list.findIndex((one) => one.name === name) === at,
  )
}
