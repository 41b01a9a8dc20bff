import { expect, it } from 'vitest'
import { detailWords } from './activity-words'

const words = (kept: unknown) => detailWords(JSON.stringify(kept))

it('says what was kept, without what says nothing to a person', () => {
  expect(words({ pinned: ['SHA256:a', 'SHA256:b'], offered: [] })).toBe('pinned SHA256:a, SHA256:b')
  expect(words({ address: '10.0.0.5', port: 22, jumpHostId: null, credentialId: '9358', tags: [] })).toBe(
    'address 10.0.0.5; port 22',
  )
  expect(words({ endedSessions: 2, isChanged: false, isLast: true })).toBe('ended sessions 2; is last')
  expect(words({})).toBe('')
})

it('says codes in words', () => {
  expect(words({ outcome: 'not-started' })).toBe('ended: not begun')
  expect(words({ digest: 'a718bc780ab7ffff', when: 'now', hosts: ['alder', 'cedar'] })).toBe(
    'plan a718 bc78 0ab7; begins now; hosts alder, cedar',
  )
})

it('tells what was before and what is now', () => {
  expect(words({ before: 'viewer', after: 'operator' })).toBe('before viewer; after operator')
  expect(
    words({ changes: { notes: { before: '', after: 'disks in bay 3' }, tags: { before: ['a'], after: [] } } }),
  ).toBe('notes before none, now disks in bay 3; tags before a, now none')
})

it('shows what is no JSON as it is', () => {
  expect(detailWords('cut {')).toBe('cut {')
})
