import type { Instance, ListeningSocket, PostfixFacts } from './facts'
import { PRIMARY } from './paths'

interface Told {
  /** What `postmulti -l` printed; null before 2.6, which has one instance. */
  listing: string | null
  /** What `systemctl show` printed. */
  units: string
  hasScript: boolean
  sockets: readonly ListeningSocket[]
  /** Paths of files that are there. */
  paths: readonly string[]
}

interface Unit {
  type: string
  isLoaded: boolean
  isActive: boolean
}

/** Every Postfix on the host, with what runs it and whether it does. */
export function parseInstances(told: Told): Pick<PostfixFacts, 'init' | 'instances'> {
  const units = parseUnits(told.units)
  const whole = units.get('postfix.service')
  const init = whole?.isLoaded ? 'systemd' : told.hasScript ? 'script' : 'none'
  // Debian up to 12: postfix.service starts nothing itself, and every instance has a unit of the template.
  const isPerInstance = whole?.type === 'oneshot'
  const rows = listed(told).map((row) => ({
    ...row,
    unit: init === 'systemd' ? unitOf(row.name, isPerInstance) : null,
  }))
  const isOneActive = rows.some(({ unit }) => unit !== null && units.get(unit)?.isActive)
  const instances = rows.map(({ name, directory, unit }): Instance => {
    if (unit === null) {
      const isRunning = told.sockets.some(({ program }) => program === 'master')
      const runningBecause = isRunning ? 'its master listens' : 'no socket of a Postfix master was seen'
      return { name, directory, unit, isRunning, runningBecause }
    }
    const isRunning = units.get(unit)?.isActive ?? false
    // Started by hand, it is none of systemd's: a restart by systemd would leave it there with its old files.
    const isByHand = !isRunning && !isOneActive && told.sockets.some(({ program }) => program === 'master')
    const why = isByHand ? `${unit} is not active, although a Postfix listens: somebody started that by hand` : null
    return { name, directory, unit, isRunning, runningBecause: why ?? `${unit} is ${isRunning ? '' : 'not '}active` }
  })
  return { init, instances }
}

function unitOf(name: string, isPerInstance: boolean): string {
  if (isPerInstance) return `postfix@${name}.service`
  // Debian from 13: the first is postfix.service, the others are named after what follows /etc/postfix-.
  return name === '-' ? 'postfix.service' : `postfix@${name.replace(/^postfix-/, '')}.service`
}

/** `postmulti -l` prints name, group, whether it is enabled, and folder. */
function listed({ listing, paths }: Told): Pick<Instance, 'name' | 'directory'>[] {
  const rows = (listing ?? '').split('\n').flatMap((line) => {
    const match = /^(-|[A-Za-z0-9][\w.-]{0,40})\s+\S+\s+[yn]\s+(\/etc\/[\w./-]+)$/.exec(line.trim())
    return match ? [{ name: match[1] ?? '', directory: (match[2] ?? '').replace(/\/+$/, '') }] : []
  })
  if (rows.length > 0) return rows
  return paths.includes(`${PRIMARY}/main.cf`) ? [{ name: '-', directory: PRIMARY }] : []
}

/** Blocks of `Name=value` lines with an empty line between them. */
function parseUnits(text: string): Map<string, Unit> {
  const units = new Map<string, Unit>()
  for (const block of text.split(/\n\n+/)) {
    const of = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(block)?.[1] ?? ''
    const isActive = ['active', 'reloading'].includes(of('ActiveState'))
    if (of('Id') !== '') units.set(of('Id'), { type: of('Type'), isLoaded: of('LoadState') === 'loaded', isActive })
  }
  return units
}
