import { describe, expect, it } from 'vitest'
import { ipsecDesired } from '@/agents/ipsec'
import type { ForeignView, StandingMesh } from '@/agents/ipsec/view'
import { problemsOf } from './problems'
import {
  desiredOf,
  type FormHost,
  type Frame,
  firstWish,
  keyOfOther,
  plannedInners,
  removalOf,
  summaryOf,
  tagOf,
  type Wish,
  whyInTheWay,
  withAdopted,
  withMember,
} from './wish'
import { wishDraft } from './wish-draft'

const host = (name: string, ...addresses: string[]): FormHost => ({
  hostId: name,
  name,
  outers: addresses.map((address) => ({ address, device: 'eth0', mtu: 1500 })),
  isOlder: false,
  others: [],
})

const quince = host('quince', '192.0.2.1', '198.51.100.1')
const medlar = host('medlar', '192.0.2.2')
const damson = host('damson', '192.0.2.3')

const fresh: Frame = {
  hosts: [quince, medlar],
  before: null,
  leaving: [],
  takenTags: [],
  suggestedPrefix: '10.96.0.0/24',
}

const cloud: StandingMesh = {
  tag: 'cloud',
  name: 'Cloud',
  prefix: '10.20.0.0/24',
  profile: 'compatible',
  members: [
    { hostId: 'quince', label: 'q', outer: '198.51.100.1', inner: '10.20.0.7' },
    { hostId: 'medlar', label: 'm', outer: '192.0.2.2', inner: '10.20.0.9' },
  ],
  innerNames: true,
  changeId: 3,
  at: 0,
  retired: ['10.20.0.10'],
}

const changed = (hosts: FormHost[], leaving: FormHost[] = []): Frame => ({
  ...fresh,
  hosts,
  before: cloud,
  leaving: leaving.map(({ hostId, name }) => ({ hostId, name })),
})

const parse = (frame: Frame, wish: Wish) => ipsecDesired.parse(desiredOf(frame, wish))

describe('a new mesh', () => {
  it('is filled in so that it can be planned at once', () => {
    const wish = firstWish(fresh, null)
    expect(problemsOf(fresh, wish)).toEqual({})
    expect(parse(fresh, wish)).toMatchObject({
      kind: 'mesh',
      tag: 'mesh',
      profile: 'modern',
      prefix: '10.96.0.0/24',
      members: [
        { hostId: 'quince', label: 'quince', outer: '192.0.2.1', inner: '10.96.0.1' },
        { hostId: 'medlar', label: 'medlar', outer: '192.0.2.2', inner: '10.96.0.2' },
      ],
      leaving: [],
    })
    expect(summaryOf(fresh, wish)).toBe('Mesh: 2 members, 1 pair.')
  })

  it('has a short name of its name until one is typed', () => {
    const wish = { ...firstWish(fresh, null), name: 'Backbone' }
    expect(tagOf(fresh, wish)).toBe('backbo')
    expect(tagOf({ ...fresh, takenTags: ['backbo'] }, wish)).toBe('backb2')
    expect(tagOf(fresh, { ...wish, tag: 'core' })).toBe('core')
  })

  it('plans inner addresses in the net that is typed, beside those that are set by hand', () => {
    const first = { ...firstWish(fresh, null), prefix: ' 10.7.0.0/24 ' }
    const wish = withMember(first, 'quince', { inner: '10.7.0.50' })
    const { members } = desiredOf(fresh, wish)
    expect(members.map(({ inner }) => inner)).toEqual(['10.7.0.50', '10.7.0.2'])
    expect(problemsOf(fresh, wish)).toEqual({})
  })
})

describe('a mesh that stands', () => {
  it('keeps its members as they are, and gives who joins what nobody ever had', () => {
    const frame = changed([damson, medlar, quince])
    const wish = firstWish(frame, null)
    expect(parse(frame, wish)).toMatchObject({
      tag: 'cloud',
      name: 'Cloud',
      prefix: '10.20.0.0/24',
      profile: 'compatible',
      innerNames: true,
      members: [
        { hostId: 'damson', label: 'damson', outer: '192.0.2.3', inner: '10.20.0.11' },
        { hostId: 'medlar', label: 'm', outer: '192.0.2.2', inner: '10.20.0.9' },
        { hostId: 'quince', label: 'q', outer: '198.51.100.1', inner: '10.20.0.7' },
      ],
    })
    expect(summaryOf(frame, wish)).toBe('Cloud: 3 members, 3 pairs; damson joins.')
  })

  it('lets members go, whose label and address nobody gets in the same change', () => {
    const twin = host('q', '192.0.2.8')
    const frame = changed([medlar, twin], [quince])
    const wish = firstWish(frame, null)
    expect(parse(frame, wish)).toMatchObject({
      leaving: ['quince'],
      members: [{ label: 'm' }, { hostId: 'q', label: 'q2', inner: '10.20.0.11' }],
    })
    expect(summaryOf(frame, wish)).toBe('Cloud: 2 members, 1 pair; q joins; quince leaves.')
  })

  it('gets another net only where all addresses are made anew', () => {
    const frame = changed([medlar, quince])
    const wish = { ...firstWish(frame, null), prefix: '10.50.0.0/24' }
    expect(desiredOf(frame, wish).prefix).toBe('10.20.0.0/24')
    expect(desiredOf(frame, { ...wish, renumbers: true })).toMatchObject({
      prefix: '10.50.0.0/24',
      members: [{ inner: '10.50.0.1' }, { inner: '10.50.0.2' }],
    })
  })

  it('chooses another address where the old one is gone', () => {
    const frame = changed([host('quince', '192.0.2.1'), medlar])
    expect(firstWish(frame, null).members['quince']?.outer).toBe('192.0.2.1')
  })

  it('is taken away from those that were read', () => {
    expect(ipsecDesired.parse(removalOf(cloud, ['quince']))).toMatchObject({
      kind: 'mesh',
      tag: 'cloud',
      members: [],
      leaving: ['quince'],
    })
  })
})

describe('a draft', () => {
  const typed = (over: Partial<Wish> = {}): Wish => ({ ...firstWish(fresh, null), name: 'Lyon', ...over })

  it('comes back as it was typed, wrong or right', () => {
    const draft = withMember(typed({ prefix: 'nonsense' }), 'quince', {
      label: 'No!',
      outer: '198.51.100.1',
      inner: '1',
    })
    const wish = firstWish(fresh, wishDraft.parse(JSON.parse(JSON.stringify(draft))))
    expect(wish).toEqual(draft)
  })

  it('gives up an address that is gone and a host that is not chosen', () => {
    const draft = withMember(typed(), 'quince', { outer: '203.0.113.1' })
    const { members } = firstWish({ ...fresh, hosts: [quince, damson] }, draft)
    expect(members['quince']?.outer).toBe('192.0.2.1')
    expect(Object.keys(members)).toEqual(['quince', 'damson'])
  })

  it('gives no label of its own to who is chosen later', () => {
    const draft = withMember(typed(), 'quince', { label: 'damson' })
    expect(firstWish({ ...fresh, hosts: [damson, quince] }, draft).members['damson']?.label).toBe('damson2')
  })

  it('of a new mesh is none any more once a mesh of that short name stands', () => {
    expect(firstWish({ ...fresh, takenTags: ['lyon'] }, typed()).name).toBe('Mesh')
    expect(firstWish({ ...fresh, takenTags: ['core'] }, typed({ tag: 'core' })).name).toBe('Mesh')
  })

  it('is for its own mesh alone', () => {
    const frame = changed([medlar, quince])
    expect(firstWish(frame, typed({ profile: 'modern' })).profile).toBe('compatible')
    expect(firstWish(frame, typed({ mesh: 'cloud', profile: 'modern' })).profile).toBe('modern')
    expect(firstWish(fresh, typed({ mesh: 'cloud' })).name).toBe('Mesh')
  })

  it('is of the compatible profile where a host is told by ipsec.conf, and says at once why it must be', () => {
    const frame: Frame = { ...fresh, hosts: [quince, { ...medlar, isOlder: true }] }
    expect(firstWish(frame, null).profile).toBe('compatible')
    expect(problemsOf(frame, firstWish(frame, null))).toEqual({})
    expect(problemsOf(frame, { ...firstWish(frame, null), profile: 'modern' })['profile']).toContain('medlar runs')
  })

  it('does not change the label of who stands', () => {
    const frame = changed([medlar, quince])
    const draft = withMember({ ...firstWish(frame, null) }, 'quince', { label: 'other' })
    expect(firstWish(frame, draft).members['quince']?.label).toBe('q')
  })
})

describe('what is wrong is said at its field', () => {
  const wish = firstWish(fresh, null)
  const problemsWith = (hostId: string, part: Parameters<typeof withMember>[2]) =>
    problemsOf(fresh, withMember(wish, hostId, part))

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['no name', problemsOf(fresh, { ...wish, name: ' ' }), 'name'],
    ['a short name of nothing', problemsOf(fresh, { ...wish, tag: '' }), 'tag'],
    ['a short name that is taken', problemsOf({ ...fresh, takenTags: ['core'] }, { ...wish, tag: 'core' }), 'tag'],
    ['no net', problemsOf(fresh, { ...wish, prefix: '10.0.0.0' }), 'prefix'],
    ['bits behind the prefix', problemsOf(fresh, { ...wish, prefix: '10.0.0.1/24' }), 'prefix'],
    [
      'a net of two hosts for one more',
      problemsOf(
        { ...fresh, hosts: [quince, medlar, damson] },
        { ...firstWish({ ...fresh, hosts: [quince, medlar, damson] }, null), prefix: '10.0.0.0/30' },
      ),
      'prefix',
    ],
    ['one host', problemsOf({ ...fresh, hosts: [quince] }, wish), 'members'],
    ['a label of capitals', problemsWith('quince', { label: 'Web' }), 'members.quince.label'],
    ['the label of another', problemsWith('medlar', { label: 'quince' }), 'members.medlar.label'],
    ['the outer address of another', problemsWith('medlar', { outer: '192.0.2.1' }), 'members.medlar.outer'],
    ['the inner address of another', problemsWith('medlar', { inner: '10.96.0.1' }), 'members.medlar.inner'],
    ['an inner address elsewhere', problemsWith('medlar', { inner: '10.97.0.1' }), 'members.medlar.inner'],
    ['the first address', problemsWith('medlar', { inner: '10.96.0.0' }), 'members.medlar.inner'],
    ['the last address', problemsWith('medlar', { inner: '10.96.0.255' }), 'members.medlar.inner'],
    ['an inner address with a prefix', problemsWith('medlar', { inner: '10.96.0.2/32' }), 'members.medlar.inner'],
    ['an empty inner address', problemsWith('medlar', { inner: '' }), 'members.medlar.inner'],
  ])('%s', (_, problems, field) => {
    expect(Object.keys(problems)).toEqual([field])
  })

  it('and agrees with the plan’s own schema', () => {
    for (const prefix of [
      '10.0.0.0/8',
      '10.0.0.0/7',
      '10.0.0.0/30',
      '10.0.0.0/31',
      '10.0.0.0/08',
      '010.0.0.0/8',
      '10.0.0.4/29',
      'x',
      '::/8',
    ]) {
      const isWrong = 'prefix' in problemsOf(fresh, { ...wish, prefix })
      const issues = ipsecDesired.safeParse({ ...desiredOf(fresh, wish), prefix }).error?.issues ?? []
      expect([prefix, isWrong]).toEqual([prefix, issues.length > 0])
    }
  })
})

it('plans 250 members at once', () => {
  const hosts = Array.from({ length: 250 }, (_, at) => host(`web${at}.example.net`, `192.0.${at}.1`))
  const frame: Frame = { ...fresh, hosts, suggestedPrefix: '10.96.0.0/22' }
  const wish = firstWish(frame, null)
  expect(plannedInners(frame, wish).inners.size).toBe(250)
  expect(problemsOf(frame, wish)).toEqual({})
  expect(JSON.stringify(wish).length).toBeLessThan(200_000)
  expect(ipsecDesired.safeParse(desiredOf(frame, wish)).success).toBe(true)
})

describe('what others made', () => {
  const tunnel = (id: string, own: string, peer: string, inner: string, peerInner: string): ForeignView => ({
    ...{ id, kind: 'tunnel', name: id, what: `the tunnel ${id}`, isActive: true, takesTunnels: false, fixed: null },
    ends: [{ local: [own], remote: [peer] }],
    adopts: { ownInner: inner, peerOuter: peer, peerInner },
  })
  const there = tunnel('tunnel-00000000000a', '192.0.2.1', '192.0.2.2', '10.0.0.1', '10.0.0.2')
  const back = tunnel('tunnel-00000000000b', '192.0.2.2', '192.0.2.1', '10.0.0.2', '10.0.0.1')
  const elsewhere = tunnel('tunnel-00000000000c', '192.0.2.1', '203.0.113.9', '10.1.0.1', '10.1.0.2')
  const frame: Frame = {
    ...fresh,
    hosts: [
      { ...quince, others: [there, elsewhere] },
      { ...medlar, others: [back] },
    ],
  }
  const fields = (wish: Wish) => Object.keys(problemsOf(frame, wish))

  it('is in the way where it has the two ends of a pair, and can stay elsewhere', () => {
    const wish = firstWish(frame, null)
    expect(whyInTheWay(frame, wish, 'quince', there)).toContain('no second tunnel')
    expect(whyInTheWay(frame, wish, 'quince', elsewhere)).toBeNull()
    expect(fields(wish)).toEqual(['foreign.quince.tunnel-00000000000a', 'foreign.medlar.tunnel-00000000000b'])
  })

  it('goes where it is ticked', () => {
    const replaced = [keyOfOther('quince', there), keyOfOther('medlar', back)]
    const wish: Wish = { ...firstWish(frame, null), replaced }
    expect(fields(wish)).toEqual([])
    expect(parse(frame, wish)).toMatchObject({
      foreign: [
        { hostId: 'quince', id: 'tunnel-00000000000a', deed: 'replace' },
        { hostId: 'medlar', id: 'tunnel-00000000000b', deed: 'replace' },
      ],
    })
  })

  it('cannot be ticked away where Pollux cannot take it out', () => {
    const fixed: Frame = { ...frame, hosts: [{ ...quince, others: [{ ...there, fixed: 'By hand.' }] }, medlar] }
    expect(Object.values(problemsOf(fixed, firstWish(fixed, null)))).toEqual([expect.stringMatching(/By hand\.$/)])
  })

  it('gives its inner addresses to both ends, and goes at both', () => {
    const wish = withAdopted(frame, firstWish(frame, null), 'quince', there)
    expect(wish.prefix).toBe('10.0.0.0/24')
    expect([wish.members['quince']?.inner, wish.members['medlar']?.inner]).toEqual(['10.0.0.1', '10.0.0.2'])
    expect(wish.replaced).toEqual(['quince tunnel-00000000000a', 'medlar tunnel-00000000000b'])
    expect(fields(wish)).toEqual([])
    const same = firstWish(frame, null)
    expect(withAdopted(frame, same, 'quince', elsewhere)).toBe(same)
  })

  it('is kept in the draft', () => {
    const wish = withAdopted(frame, firstWish(frame, null), 'quince', there)
    expect(firstWish(frame, wishDraft.parse(JSON.parse(JSON.stringify(wish)))).replaced).toEqual(wish.replaced)
  })
})
