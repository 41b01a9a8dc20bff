import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { AppFrame } from './app-frame'
import { KeysBar } from './keys-bar'
import { PageHead } from './page-head'
import { findPage } from './pages'

const frame = (path: string, role: 'viewer' | 'operator' | 'admin' = 'admin') =>
  render(
    <AppFrame
      counts={{ home: { count: 7, of: 'need you' }, hosts: { count: 0, of: 'hosts' } }}
      reach={{ inReach: 13, of: 14 }}
      user={{ name: 'ops', role }}
      account={<button type="button">Sign out</button>}
    >
      <h1>Hosts</h1>
    </AppFrame>,
    path,
  )

describe('AppFrame', () => {
  it('has a way past the navigation to the page', () => {
    const markup = frame('/')
    expect(markup.indexOf('href="#content"')).toBeLessThan(markup.indexOf('<nav'))
    expect(tagsOf(markup, 'main')[0]).toContain('id="content"')
  })

  it('has every page at the side and marks the open one', () => {
    const side = frame('/hosts/42/changes').match(/<nav class="side".*?<\/nav>/)?.[0] ?? ''
    const links = tagsOf(side, 'a').slice(1)
    expect(links.map((tag) => /href="([^"]*)"/.exec(tag)?.[1])).toEqual([
      '/',
      '/hosts',
      '/meshes',
      '/wizards',
      '/changes',
      '/backups',
      '/activity',
      '/settings',
    ])
    expect(links.map((tag) => tag.includes('aria-current="page"'))).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it.each(['viewer', 'operator'] as const)('offers a %s no page that only an admin may open', (role) => {
    expect(frame('/', role)).not.toContain('href="/activity"')
    expect(frame('/', role)).toContain('href="/settings"')
  })

  it('has five tabs on a phone, and marks More for the pages under it', () => {
    const tabs = frame('/settings').match(/<nav class="tabbar".*<\/nav>/)?.[0] ?? ''
    const hrefs = tagsOf(tabs.split('<details')[0] ?? '', 'a').map((tag) => /href="([^"]*)"/.exec(tag)?.[1])
    expect(hrefs).toEqual(['/', '/hosts', '/changes', '/backups'])
    expect(tagsOf(tabs, 'details')[0]).toContain('data-current')
    expect(tagsOf(frame('/').match(/<nav class="tabbar".*<\/nav>/)?.[0] ?? '', 'details')[0]).not.toContain(
      'data-current',
    )
  })

  it('counts only where it means work, and says what', () => {
    const text = textOf(frame('/'))
    expect(text).toContain('7 need you')
    expect(text).not.toContain('0 hosts')
  })

  it('says reach and who, and lets one sign out', () => {
    const text = textOf(frame('/'))
    expect(text).toContain('13 of 14 hosts in reach')
    expect(text).toContain('ops, admin')
    expect(text).toContain('Sign out')
  })

  it('opens the palette by a named button', () => {
    expect(frame('/')).toContain('aria-keyshortcuts="Control+K Meta+K"')
    expect(frame('/')).toContain('aria-label="Find or do"')
  })
})

it('findPage tells a page from a path below it and from one beside it', () => {
  expect(findPage('/hosts')?.id).toBe('hosts')
  expect(findPage('/hosts/1')?.id).toBe('hosts')
  expect(findPage('/hostsfile')).toBeNull()
  expect(findPage('/')?.id).toBe('home')
})

it('PageHead has one heading, the crumbs as a list, and the age at the end', () => {
  const markup = render(
    <PageHead crumbs={[{ label: 'Hosts', href: '/hosts' }, { label: 'umber' }]} age="Read 40 s ago" title="umber">
      Debian 12, 10.0.0.5.
    </PageHead>,
  )
  expect(tagsOf(markup, 'h1')).toHaveLength(1)
  expect(tagsOf(markup, 'li')).toHaveLength(2)
  expect(textOf(markup)).toBe('HostsumberRead 40 s agoumberDebian 12, 10.0.0.5.')
})

it('KeysBar shows the keys of the page and opens all of them by a button', () => {
  const markup = render(<KeysBar keys={[{ keys: ['J', 'K'], does: 'move' }]} />)
  expect(textOf(markup)).toBe('JK move? all keys')
  expect(tagsOf(markup, 'button')).toHaveLength(1)
})
