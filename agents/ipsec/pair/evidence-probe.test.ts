import { describe, expect, it } from 'vitest'
import { isReadingArgv, type RawReading } from '@/lib/agent'
import { evidenceProbe, linesAbout, statProbe } from './evidence-probe'

const names = { name: 'cloud-web1', peerOuter: '192.0.2.1' }
const said = (text: string, exitCode = 0): RawReading => ({
  ...{ state: 'read', kind: 'text', text, truncated: false, exitCode, branch: 0 },
})
const missing: RawReading = { state: 'not-read', why: 'no-program', detail: '' }

describe('the lines about a pair', () => {
  it('name its connection or its peer, and no other', () => {
    const log = [
      '2026-11-27T10:00:00+0000 quince charon[1]: 05[IKE] initiating IKE_SA cloud-web1[3] to 192.0.2.1',
      '2026-11-27T10:00:01+0000 quince charon[1]: 05[IKE] IKE_SA cloud-web12[4] established',
      '2026-11-27T10:00:02+0000 quince charon[1]: 05[NET] sending packet: from 192.0.2.9[500] to 192.0.2.1[500]',
      '2026-11-27T10:00:03+0000 quince charon[1]: 05[NET] sending packet: from 192.0.2.9[500] to 192.0.2.11[500]',
      '2026-11-27T10:00:04+0000 quince charon[1]: 05[NET] received packet: from 192.0.2.1.',
      '2026-11-27T10:00:05+0000 quince charon[1]: 05[NET] received packet: from 1192.0.2.1',
      '2026-11-27T10:00:06+0000 quince charon[1]: 05[IKE] old-cloud-web1 is gone',
    ].join('\n')
    expect(linesAbout(names, log).map((line) => line.slice(17, 19))).toEqual(['00', '02', '04'])
  })

  it('are the last 40, each cut to its bound, whatever a host sends', () => {
    const many = Array.from({ length: 90 }, (_, at) => `${at} 192.0.2.1 ${'x'.repeat(9_000)}`).join('\n')
    const lines = linesAbout(names, many)
    expect([lines.length, lines[0]?.slice(0, 3), lines[0]?.length]).toEqual([40, '50 ', 400])
    expect(linesAbout({ ...names, name: 'a(b' }, 'a(b')).toEqual(['a(b'])
  })
})

describe('the questions about a pair', () => {
  const probe = evidenceProbe(names, 'strongswan.service')

  it('only read', () => {
    for (const reading of Object.values(probe.readings))
      expect(reading.kind === 'command' && isReadingArgv(reading.argv)).toBe(true)
  })

  it('tell nothing and not read apart', () => {
    const read = (raw: Record<string, RawReading>) => probe.parse(raw)
    const rule = '-A INPUT -s 192.0.2.1/32 -j ACCEPT'
    expect(read({ log: said('nothing\n'), iptables: said(`*filter\n${rule}\n`), nft: missing })).toMatchObject({
      value: { log: [], rules: [rule] },
    })
    expect(read({ log: said('', 1), iptables: missing, nft: missing })).toMatchObject({
      value: { log: null, rules: null },
    })
  })

  it('bring the counters by their names', () => {
    const byPath = new Map([['/proc/net/xfrm_stat', 'XfrmInError             \t2\nXfrmInNoStates          \t0\n']])
    expect(statProbe.parse({ stat: { state: 'read', kind: 'by-path', byPath, truncated: false } })).toEqual({
      state: 'read',
      value: { XfrmInError: 2, XfrmInNoStates: 0 },
    })
    expect(statProbe.parse({ stat: missing })).toEqual({ state: 'read', value: {} })
  })
})
