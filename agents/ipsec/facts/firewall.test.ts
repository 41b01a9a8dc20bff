import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FirewallEvidence, firewallOf } from './firewall'
import type { UnitState } from './parse-units'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')

const table = (...lines: string[]) => `*filter\n${lines.map((line) => `${line}\n`).join('')}COMMIT\n`
const open = [':INPUT ACCEPT [0:0]', ':FORWARD ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]']
const closed = [':INPUT DROP [0:0]', ...open.slice(1)]
const unit = (id: string, isActive: boolean, fileState = 'enabled'): UnitState => ({
  id,
  isActive,
  fileState,
  execStart: '',
})
const nftInput = (rules: string, policy = 'accept', name = 'inet filter') =>
  `table ${name} {\n\tchain input {\n\t\ttype filter hook input priority filter; policy ${policy};\n${rules}\t}\n}\n`

const LEGACY = 'iptables v1.8.9 (legacy)\n'
const NFT = 'iptables v1.8.9 (nf_tables)\n'

function asked(evidence: Partial<FirewallEvidence>): FirewallEvidence {
  return {
    programs: new Set(['iptables', 'nft']),
    version: NFT,
    save: '',
    legacySave: '',
    nft: '',
    ufwConf: null,
    units: [],
    hasRulesFile: false,
    hasRulesScript: false,
    ...evidence,
  }
}

const toolOf = (evidence: Partial<FirewallEvidence>) => firewallOf(asked(evidence)).tool

describe('who rules the packets of a host', () => {
  const ufw = [...closed, ':ufw-before-input - [0:0]', '-A INPUT -j ufw-before-input']
  const cases: [string, Partial<FirewallEvidence>, string][] = [
    ['nobody, without a rule', {}, 'none'],
    [
      'nobody, without a program',
      { programs: new Set(), version: null, save: null, legacySave: null, nft: null },
      'none',
    ],
    ['iptables, by a rule', { save: table(...open, '-A INPUT -p tcp -m tcp --dport 23 -j DROP') }, 'iptables'],
    ['iptables, by its policy', { save: table(...closed) }, 'iptables'],
    [
      'iptables, by what goes out',
      { save: table(...open, '-A OUTPUT -p tcp -m tcp --dport 25 -j REJECT') },
      'iptables',
    ],
    ['nobody, with docker alone', { save: table(...open, ':DOCKER - [0:0]', '-A FORWARD -j DOCKER') }, 'none'],
    ['nobody, with libvirt alone', { save: table(...open, ':LIBVIRT_INP - [0:0]', '-A INPUT -j LIBVIRT_INP') }, 'none'],
    [
      'nobody, with our own rules alone',
      { save: table(...open, ':POLLUX-a-in - [0:0]', '-A INPUT -j POLLUX-a-in') },
      'none',
    ],
    [
      'iptables, of the old backend',
      { version: LEGACY, save: table(...closed), legacySave: table(...closed) },
      'iptables',
    ],
    ['two backends', { save: table(...closed), legacySave: table(...open, '-A INPUT -j DROP') }, 'unclear'],
    ['the old backend beside the new', { legacySave: table(...closed) }, 'iptables'],
    ['nftables, by a rule', { nft: nftInput('\t\ttcp dport 22 accept\n') }, 'nftables'],
    ['nftables, by its policy', { nft: nftInput('', 'drop') }, 'nftables'],
    ['nobody, where tables are empty', { nft: nftInput('') }, 'none'],
    ['nftables, where its file is loaded', { nft: nftInput(''), units: [unit('nftables.service', true)] }, 'nftables'],
    ['nobody, with tables of fail2ban', { nft: nftInput('\t\tdrop\n', 'accept', 'inet f2b-table') }, 'none'],
    ['nobody, with our own table', { nft: nftInput('\t\tdrop\n', 'accept', 'inet pollux_cloud') }, 'none'],
    [
      'iptables, in its own tables of nftables',
      { save: table(...closed), nft: fixture('nft-of-iptables.nft') },
      'iptables',
    ],
    ['both at once', { save: table(...closed), nft: nftInput('', 'drop') }, 'unclear'],
    [
      'firewalld',
      { nft: nftInput('', 'drop', 'inet firewalld'), units: [unit('firewalld.service', true)] },
      'firewalld',
    ],
    ['nobody, where firewalld is stopped', { units: [unit('firewalld.service', false)] }, 'none'],
    ['shorewall', { save: table(...closed), units: [unit('shorewall.service', true)] }, 'shorewall'],
    ['ufw', { programs: new Set(['iptables', 'ufw']), save: table(...ufw), ufwConf: 'ENABLED=yes\n' }, 'ufw'],
    ['ufw that is enabled without rules', { programs: new Set(['ufw']), ufwConf: 'ENABLED=yes\n' }, 'unclear'],
    [
      'rules of a ufw that is not enabled',
      { programs: new Set(['ufw']), save: table(...ufw), ufwConf: 'ENABLED=no\n' },
      'unclear',
    ],
    ['nobody, where ufw is installed', { programs: new Set(['ufw']), ufwConf: 'ENABLED=no\n' }, 'none'],
    [
      'ufw and firewalld',
      {
        programs: new Set(['ufw']),
        save: table(...ufw),
        ufwConf: 'ENABLED=yes\n',
        units: [unit('firewalld.service', true)],
      },
      'unclear',
    ],
    ['rules that were not read', { save: null, nft: null }, 'unclear'],
    ['rules of which the end is missing', { save: '*filter\n:INPUT ACCEPT [0:0]\n' }, 'unclear'],
  ]

  it.each(cases)('%s', (_, evidence, tool) => {
    const said = firewallOf(asked(evidence))
    expect([said.tool, said.because]).toEqual([tool, expect.stringMatching(/^[A-Za-z].*[^.]\.$/)])
  })

  it('is said by its names', () => {
    const { because } = firewallOf(asked({ save: table(...closed), nft: nftInput('', 'drop') }))
    expect(because).toBe('iptables has rules for the host, and nftables rules the host in inet filter.')
  })
})

describe('the rules', () => {
  it('read as `iptables -S` prints them', () => {
    // Of both programs on one set of rules, docker's among them.
    const said = firewallOf(asked({ version: LEGACY, save: fixture('iptables-docker.save') }))
    expect(said.iptables).toBe(fixture('iptables-docker.rules'))
    expect([said.iptablesBackend, said.tool]).toEqual(['legacy', 'iptables'])
  })

  it('read so too with counters', () => {
    const counted = fixture('iptables-docker.save').replace(/^-A/gm, '[12:3456] -A')
    expect(firewallOf(asked({ save: counted })).iptables).toBe(fixture('iptables-docker.rules'))
  })

  it('let everything through where there is no table', () => {
    expect(firewallOf(asked({})).iptables).toBe('-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n')
    expect(firewallOf(asked({ version: null, save: null })).iptablesBackend).toBeNull()
    expect(firewallOf(asked({ version: 'iptables v1.4.21\n' })).iptablesBackend).toBe('legacy')
  })

  it('are kept over a boot by a file and what loads it', () => {
    const isKept = (evidence: Partial<FirewallEvidence>) => firewallOf(asked(evidence)).isPersistent
    const units = [unit('netfilter-persistent.service', true)]
    expect(isKept({ hasRulesFile: true, units })).toBe(true)
    expect(isKept({ hasRulesFile: true, hasRulesScript: true })).toBe(true)
    expect(isKept({ hasRulesFile: false, units })).toBe(false)
    expect(isKept({ hasRulesFile: true, units: [unit('netfilter-persistent.service', false, 'disabled')] })).toBe(false)
  })
})

it('takes the tables of another tool for none', () => {
  expect(toolOf({ programs: new Set(['nft']), version: null, save: null, nft: fixture('nft-of-iptables.nft') })).toBe(
    'unclear',
  )
})
