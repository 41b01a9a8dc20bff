import type { Plan, PlanHost, RunStep, Step } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { AGENT } from '../agent-id'
import type { IpsecFacts } from '../facts/facts'
import { exchangeOf } from '../ike/exchange'
import { DROP_KEY } from './programs'
import { forgetStarter } from './starter-steps'

/**
 * Takes from hosts that are in no mesh any more what `planPrepare` brought: the key, and the daemon where nothing else uses
 * it. Throws `invalid` where a mesh still stands.
 */
export function planClean(hosts: readonly PlanHost<IpsecFacts>[]): Plan {
  const working = hosts.filter((host) => {
    const left = leftOfMesh(host.facts)
    if (left !== undefined)
      throw refuse(`${host.name} is still in a mesh: ${left} stands there. Take it out of the mesh first.`)
    return host.facts.publicKey !== null
  })
  const names = working.map(({ name }) => name).join(', ')
  return {
    agent: AGENT,
    title: working.length > 0 ? `Remove the mesh key of ${names}` : 'Remove the mesh key',
    summary:
      working.length > 0
        ? "Stops strongSwan where nothing else is configured, and destroys the host's key. That cannot be taken back: the next preparation makes a new key."
        : 'Nothing is changed.',
    phases:
      working.length > 0
        ? [
            {
              id: 'clean',
              title: 'Remove key and daemon',
              hosts: working.map((host, index) => ({ hostId: host.hostId, steps: stepsOf(host, index) })),
            },
          ]
        : [],
    checks: working.map(({ hostId, facts }, index) => {
      const { ownPublic } = exchangeOf(facts.daemon)
      return {
        id: `clean${index}.key`,
        hostId,
        title: `${ownPublic} is gone`,
        weight: 'must',
        timeoutS: 10,
        read: { file: ownPublic },
        expect: { absent: true },
      }
    }),
    basis: hosts.map(({ hostId, facts }) => ({ hostId, name: 'public key', value: facts.publicKey ?? 'none' })),
    findings: [],
    guard: null,
    nothingToDo: working.length > 0 ? null : 'None of these hosts has a key of Pollux.',
  }
}

/** A file of a mesh that stands on the host, as Pollux names them; undefined where none does. */
export function leftOfMesh({ files }: IpsecFacts): string | undefined {
  return Object.keys(files).find((path) => /\/pollux-[a-z][a-z0-9]*-[^/]+$/.test(path))
}

function stepsOf(host: PlanHost<IpsecFacts>, index: number): Step[] {
  const { facts } = host
  const { kind, ownKey, ownPublic, ownMark } = exchangeOf(facts.daemon)
  const unit = facts.daemon?.kind === 'swanctl' ? facts.daemon.unit : null
  const isUsed = (facts.connections ?? ['unknown']).length > 0
  const stop: RunStep[] =
    unit === null || isUsed
      ? []
      : [
          {
            kind: 'run',
            id: `clean${index}.stop`,
            title: `Stop ${unit}, which has nothing to do any more, and keep it from starting at boot`,
            timeoutS: 60,
            run: ['systemctl', 'disable', '--now', unit],
            undo: { run: ['systemctl', 'enable', '--now', unit], timeoutS: 60 },
            undoAfterBoot: true,
          },
        ]
  return [
    ...stop,
    ...(kind === 'starter' ? forgetStarter(host, (what) => `clean${index}.${what}`) : []),
    {
      kind: 'run',
      id: `clean${index}.key`,
      title: `Destroy ${ownKey}`,
      timeoutS: 20,
      run: ['sh', '-c', DROP_KEY, 'pollux', ownKey, ownPublic, ownMark],
      undo: { irreversible: 'A key that was destroyed is gone; the next preparation makes a new one.' },
    },
  ]
}
