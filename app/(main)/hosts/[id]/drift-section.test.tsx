import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '@/components/testing/render'
import type { DriftItem } from '@/lib/changes/list-drift'
import { someone } from '@/lib/inventory/testing'
import { DriftSection } from './drift-section'

const item = (agentId: string, what: string): DriftItem => ({
  hostId: 'id-of-umber',
  hostName: 'umber',
  agentId,
  agentTitle: `Agent ${agentId}`,
  changeId: 12,
  wizardId: 'one',
  what,
  expected: 'smtpd -o a=b',
  seen: 'smtpd <b>x</b>\u202e',
})
const items = [item('one', 'line 1'), item('two', 'line 9'), item('one', 'line 2')]
const section = (role: 'viewer' | 'operator', shown = items) =>
  render(<DriftSection ctx={someone(role)} items={shown} isYours />)

describe('the drift of a host', () => {
  it('is told by agent and change, each with its two ways out', () => {
    const markup = section('operator')
    const text = textOf(markup)
    expect(tagsOf(markup, 'h3')).toHaveLength(2)
    expect(text).toMatch(/Agent one, change #12.*line 1.*line 2.*Agent two, change #12.*line 9/)
    expect(text).toContain('was set tosmtpd -o a=breadssmtpd <b>x</b>')
    expect(text.match(/Apply change #12 again/g)).toHaveLength(2)
    expect(text.match(/Take it as it is now/g)).toHaveLength(2)
  })

  it('of two changes of one agent is told by each, with its own two ways out', () => {
    const text = textOf(section('operator', [item('one', 'line 1'), { ...item('one', 'line 1'), changeId: 13 }]))
    expect(text).toMatch(/Agent one, change #12.*line 1.*Agent one, change #13.*line 1/)
    for (const changeId of [12, 13]) expect(text).toContain(`Apply change #${changeId} again`)
    expect(text.match(/Take it as it is now/g)).toHaveLength(2)
  })

  it('has no button for a viewer, and no markup of the host’s', () => {
    const markup = section('viewer')
    expect(tagsOf(markup, 'button')).toEqual([])
    expect(textOf(markup)).toContain('line 9')
    expect(markup).not.toContain('<b>x')
    expect(markup).not.toContain('\u202e')
  })

  it('is nothing where nothing differs', () => {
    expect(section('operator', [])).toBe('')
  })
})
