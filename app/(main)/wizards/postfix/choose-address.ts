import type { InstanceView } from '@/agents/postfix/view'
import { listensNow, loopbackOf, newAddress, type Wish } from './wish'

/** What "Mail uses" shows: an address, "new" while one is typed, empty for none of its own. */
export function chosenAddress({ alias, source4, source6 }: Wish): string {
  return alias === null ? source4 || source6 : 'new'
}

/** The form after another choice of "Mail uses". What a new address had filled in goes with it. */
export function chooseAddress(wish: Wish, instance: InstanceView, choice: string): Wish {
  const before = { ...withoutAddress(wish, newAddress(wish)), alias: null }
  if (choice === 'new') return { ...before, alias: '' }
  if (choice !== '') return aroundAddress(before, instance, choice)
  const mode = listensNow(instance, '25') === null ? 'leave' : 'every'
  return { ...withPort25(before, { mode, addresses: [] }), source4: '', source6: '' }
}

/** The form after a key was pressed in the new address: what it fills in follows it. */
export function typeAddress(wish: Wish, instance: InstanceView, alias: string): Wish {
  const before = newAddress(wish)
  const after = newAddress({ alias })
  if (before === after) return { ...wish, alias }
  const without = { ...withoutAddress(wish, before), alias }
  return after === '' ? without : aroundAddress(without, instance, after)
}

/** Mail comes in and goes out at one address, and local programs still hand in theirs; the rest stays as chosen. */
function aroundAddress(wish: Wish, instance: InstanceView, address: string): Wish {
  const source = address.includes(':') ? { source6: address } : { source4: address }
  return { ...withPort25(wish, { mode: 'chosen', addresses: [address, ...loopbackOf(instance)] }), ...source }
}

function withPort25(wish: Wish, own: Wish['ports'][string]): Wish {
  return wish.ports['25'] ? { ...wish, ports: { ...wish.ports, '25': own } } : wish
}

/** The form without an address that is no longer put on. */
function withoutAddress(wish: Wish, address: string): Wish {
  if (address === '') return wish
  const other = (source: string) => (source === address ? '' : source)
  const sources = ({ source4, source6 }: { source4: string; source6: string }) => ({
    source4: other(source4),
    source6: other(source6),
  })
  const ports = Object.entries(wish.ports).map(([port, own]) => [
    port,
    { ...own, addresses: own.addresses.filter((one) => one !== address) },
  ])
  return {
    ...wish,
    ...sources(wish),
    ports: Object.fromEntries(ports),
    senders: wish.senders.map((sender) => ({ ...sender, ...sources(sender) })),
  }
}
