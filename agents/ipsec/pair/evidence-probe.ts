import type { Found, Probe, RawReading, Reading } from '@/lib/agent'
import { byPathOf, textOf } from '@/lib/agent/raw-reading'
import { parseXfrmStat } from '../facts/parse-ip'

/** By what a line of a log or a rule is known to be about a pair. */
export interface PairNames {
  /** The connection, its child and the tunnel's device: "cloud-web1". */
  name: string
  peerOuter: string
}

/** What a host has written down about a pair, the newest last; null where it could not be read. */
export interface PairEvidence {
  /** The daemon's own words that name the connection or the peer. */
  log: string[] | null
  /** Rules of the firewall that name the peer or the tunnel. */
  rules: string[] | null
}

/** As many lines as are shown, and how long one may be. */
const MOST_LINES = 40
const LONGEST = 400
const MANY = 1_048_576

/**
 * Asks a host what its daemon and its rules say about one pair. `unit` is the daemon's. Every line is a host's own text and
 * is only ever shown as such.
 */
export function evidenceProbe(names: PairNames, unit: string): Probe<'ipsec-evidence', PairEvidence> {
  const readings: Record<string, Reading> = {
    log: {
      kind: 'command',
      argv: ['journalctl', '-u', unit, '-n', '200', '--no-pager', '-o', 'short-iso'],
      timeoutS: 15,
      maxBytes: 262_144,
    },
    iptables: { kind: 'command', argv: ['iptables-save'], timeoutS: 10, maxBytes: MANY },
    nft: { kind: 'command', argv: ['nft', 'list', 'ruleset'], timeoutS: 10, maxBytes: MANY },
  }
  return { id: 'ipsec-evidence', timeoutS: 40, readings, parse: (raw) => parseEvidence(names, raw) }
}

/** The kernel's counters alone, for a look before and one behind. */
export const statProbe: Probe<'ipsec-stat', Record<string, number>> = {
  id: 'ipsec-stat',
  timeoutS: 10,
  readings: { stat: { kind: 'files', globs: ['/proc/net/xfrm_stat'] } },
  parse: ({ stat }) => ({
    state: 'read',
    value: parseXfrmStat(byPathOf(stat ?? missing).get('/proc/net/xfrm_stat') ?? ''),
  }),
}

const missing: RawReading = { state: 'not-read', why: 'absent', detail: 'it was not asked' }

function parseEvidence(names: PairNames, raw: Readonly<Record<string, RawReading>>): Found<PairEvidence> {
  const said = (name: string) => {
    const reading = raw[name] ?? missing
    return reading.state === 'read' && reading.kind === 'text' && reading.exitCode === 0 ? textOf(reading) : null
  }
  const [log, iptables, nft] = [said('log'), said('iptables'), said('nft')]
  return {
    state: 'read',
    value: {
      log: log === null ? null : linesAbout(names, log),
      rules: iptables === null && nft === null ? null : linesAbout(names, `${iptables ?? ''}\n${nft ?? ''}`),
    },
  }
}

/** The last lines that name the connection or the peer's address, each as one whole word of its kind. */
export function linesAbout({ name, peerOuter }: PairNames, text: string): string[] {
  const about = new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])|(?<![\\d.])${escaped(peerOuter)}(?!\\d|\\.\\d)`)
  return text
    .split('\n')
    .filter((line) => about.test(line))
    .slice(-MOST_LINES)
    .map((line) => line.trim().slice(0, LONGEST))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
