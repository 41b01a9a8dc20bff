import { describe, expect, it } from 'vitest'
import type { MemberView } from '@/agents/ipsec/view'
import { render, textOf } from '@/components/testing/render'
import { FactsTable } from './facts-table'
import { MembersTable } from './members-table'
import { UnableNote } from './notes'
import { type Frame, firstWish, plannedInners } from './wish'

const view = (over: Partial<MemberView> = {}): MemberView => ({
  hostId: 'q',
  name: 'quince',
  state: 'ready',
  whyNot: null,
  hints: [],
  daemon: 'strongSwan by swanctl 5.9.8, runs',
  kernel: '6.1.0: ESP, IP-IP',
  outers: [{ address: '192.0.2.1', device: 'eth0', mtu: 1500 }],
  firewall: { tool: 'iptables', because: 'iptables has rules for the host.' },
  hasKey: true,
  meshes: [],
  canBeCleaned: true,
  clockOffS: 0,
  isOlder: false,
  others: [],
  sshAt: ['192.0.2.1'],
  ...over,
})

describe('what was read', () => {
  it('says why a host cannot be a member, in words', () => {
    const markup = render(
      <FactsTable views={[view({ state: 'unable', whyNot: 'quince runs libreswan.' })]} leaving={new Set()} />,
    )
    expect(textOf(markup)).toContain('cannot be a member')
    expect(textOf(markup)).toContain('quince runs libreswan.')
  })

  it('does not ask of who leaves what a member needs', () => {
    const views = [view({ state: 'unable', whyNot: 'quince runs libreswan.' })]
    const text = textOf(render(<FactsTable views={views} leaving={new Set(['q'])} />))
    expect(text).toContain('leaves')
    expect(text).not.toContain('libreswan.')
  })

  it('shows where SSH comes in, and nothing that a host sends as markup', () => {
    const markup = render(
      <FactsTable views={[view({ daemon: '<b>\u202Eevil', kernel: '6.1\u0007' })]} leaving={new Set()} />,
    )
    expect(textOf(markup)).toContain('SSH comes in here')
    expect(markup).not.toContain('<b>')
    expect(markup).not.toMatch(/[\u202E\u0007]/)
  })

  it('leads on without those who cannot, in the same mesh', () => {
    const note = (
      <UnableNote views={[view({ state: 'unable', whyNot: 'x' })]} chosen={new Set(['q', 'm'])} tag="cloud" />
    )
    expect(render(note)).toContain('href="/wizards/ipsec?hosts=m&amp;mesh=cloud"')
  })
})

const frameOf = (count: number): Frame => ({
  hosts: Array.from({ length: count }, (_, at) => ({
    hostId: `cm1234567890123456789${at}`,
    name: `web${at}.example.net`,
    outers: [{ address: `192.0.2.${at + 1}`, device: 'eth0', mtu: 1500 }],
    isOlder: false,
    others: [],
  })),
  before: null,
  leaving: [],
  takenTags: [],
  suggestedPrefix: '10.96.0.0/24',
})

function membersOf(frame: Frame, fields: Record<string, string> = {}): string {
  const wish = firstWish(frame, null)
  const planned = plannedInners(frame, wish)
  return render(<MembersTable frame={frame} wish={wish} planned={planned} fields={fields} onChange={() => {}} />)
}

describe('the members', () => {
  it('have a named field for each thing that can be said of them', () => {
    const markup = membersOf(frameOf(2))
    for (const label of ['Label', 'Outer address', 'Inner address'])
      expect(markup).toContain(`aria-label="${label} of web1.example.net"`)
    expect(markup).toContain('value="10.96.0.2"')
  })

  it('show at the field what the plan says of it', () => {
    const frame = frameOf(2)
    const [first] = frame.hosts
    for (const key of ['hostId', 'label', 'outer', 'inner']) {
      const markup = membersOf(frame, { [`members.${first?.hostId}.${key}`]: 'It is wrong.' })
      expect(textOf(markup)).toContain('It is wrong.')
      if (key !== 'hostId') expect(markup.match(/aria-invalid="true"/g)).toHaveLength(1)
    }
    expect(textOf(membersOf(frame, { members: 'One more.' }))).toContain('One more.')
  })

  it('of 50 are a page of less than 100 kB', () => {
    expect(membersOf(frameOf(50)).length).toBeLessThan(100_000)
  })
})
