import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '@/components/testing/render'
import { RemovalForm } from './removal-form'
import { SettingsForm } from './settings-form'
import type { Frame } from './wish'

const host = (hostId: string, at: number) => ({
  hostId,
  name: hostId,
  outers: [{ address: `192.0.2.${at}`, device: 'eth0', mtu: 1500 }],
  isOlder: false,
  others: [],
})

const fresh: Frame = {
  hosts: [host('quince', 1), host('medlar', 2)],
  before: null,
  leaving: [],
  takenTags: [],
  suggestedPrefix: '10.96.0.0/24',
}

const cloud = {
  tag: 'cloud',
  name: 'Cloud',
  prefix: '10.20.0.0/24',
  profile: 'modern',
  members: [
    { hostId: 'quince', label: 'q', outer: '192.0.2.1', inner: '10.20.0.1' },
    { hostId: 'damson', label: 'd', outer: '192.0.2.3', inner: '10.20.0.2' },
  ],
  innerNames: false,
  changeId: 1,
  at: 0,
  retired: [],
} as const satisfies Frame['before']

type Props = Parameters<typeof SettingsForm>[0]

function form(over: Partial<Props> = {}): string {
  const props: Props = { frame: fresh, draft: null, back: '', toPrepare: [], ready: [], unable: [], ...over }
  return render(<SettingsForm {...props} />)
}

/** The button of that name: closed or open; null where there is none. */
function button(markup: string, name: string): 'open' | 'closed' | null {
  const found = [...markup.matchAll(/<button([^>]*)>([^<]*)/g)].find(([, , text]) => text === name)
  if (!found) return null
  return /disabled=""/.test(found[1] ?? '') ? 'closed' : 'open'
}

describe('the form of a mesh', () => {
  it('can be planned as it is filled in', () => {
    expect(button(form(), 'Show the plan')).toBe('open')
  })

  it('asks for the preparation first, and for nothing else', () => {
    const markup = form({ toPrepare: ['quince'], ready: ['medlar'] })
    expect(button(markup, 'Prepare 1 host first')).toBe('open')
    expect(button(markup, 'Show the plan')).toBeNull()
    expect(textOf(markup)).toContain('a key that never leaves it')
  })

  it('is closed with a host that cannot be a member, and says which', () => {
    const markup = form({ unable: ['damson'] })
    expect(button(markup, 'Show the plan')).toBe('closed')
    expect(textOf(markup)).toContain('Not with damson')
    expect(button(form({ unable: ['damson'], toPrepare: ['quince'] }), 'Prepare 1 host first')).toBe('closed')
  })

  it('is closed with one host alone', () => {
    const [first] = fresh.hosts
    const markup = form({ frame: { ...fresh, hosts: first ? [first] : [] } })
    expect(button(markup, 'Show the plan')).toBe('closed')
    expect(textOf(markup)).toContain('two members at least')
  })

  it('of a mesh that stands keeps its names and its net, and says who joins and who leaves', () => {
    const frame: Frame = {
      ...fresh,
      before: { ...cloud, members: [...cloud.members], retired: [] },
      leaving: [{ hostId: 'damson', name: 'damson' }],
    }
    const markup = form({ frame })
    const names = tagsOf(markup, 'input').map((tag) => /name="([^"]*)"/.exec(tag)?.[1])
    expect(names).not.toContain('tag')
    expect(names).not.toContain('prefix')
    expect(textOf(markup)).toContain('Cloud: 2 members, 1 pair; medlar joins; damson leaves.')
    expect(markup).toContain('href="/wizards/ipsec?mesh=cloud&amp;picked=1"')
  })

  it('takes a mesh away from those that were read, and from nobody where none was', () => {
    const mesh = { ...cloud, members: [...cloud.members], retired: [] }
    const some = render(<RemovalForm mesh={mesh} leaving={[{ hostId: 'quince', name: 'quince' }]} />)
    expect([button(some, 'Show the plan'), textOf(some).includes('goes from 1 host')]).toEqual(['open', true])
    expect(button(render(<RemovalForm mesh={mesh} leaving={[]} />), 'Show the plan')).toBe('closed')
  })
})
