import type { RunStep } from '@/lib/agent'
import type { Side } from '../mesh/pair'
import { tunnelProgram } from './programs'
import { absentWords, isSameTunnel, type Tunnel, tunnelsInWords, WORDS, wantedTunnel, wordsOf } from './tunnel'

/** What becomes of one tunnel. Null: none. */
interface Turn {
  name: string
  now: Tunnel | null
  wanted: Tunnel | null
}

/**
 * The step that brings the host's tunnels to those of `sides`, and the one that sees all of them; none where they stand so.
 * `leaving` are tunnels of this mesh that are not wanted. `front` begins the ids.
 */
export function liveSteps(
  front: string,
  sides: readonly Side[],
  leaving: readonly string[],
  standing: ReadonlyMap<string, Tunnel>,
): RunStep[] {
  const turns: Turn[] = [
    ...leaving.map((name) => ({ name, now: standing.get(name) ?? null, wanted: null })),
    ...sides.map((side) => {
      const now = standing.get(side.name) ?? null
      return { name: side.name, now, wanted: wantedTunnel(side, now) }
    }),
  ]
  const open = turns.filter(({ now, wanted }) => now !== wanted && !(now && wanted && isSameTunnel(now, wanted)))
  if (open.length === 0) return []
  const words = (pick: (turn: Turn) => Tunnel | null, of: readonly Turn[]) =>
    of.flatMap((turn) => {
      const tunnel = pick(turn)
      return tunnel ? wordsOf(tunnel) : absentWords(turn.name)
    })
  const [before, after] = [words(({ now }) => now, open), words(({ wanted }) => wanted, open)]
  return [
    tunnelStep(front, titleOf(open), before, after),
    {
      kind: 'run',
      id: `${front}.tunnels-stand`,
      title: 'See that each tunnel has its ends, addresses and MTU',
      timeoutS: 30 + turns.length,
      run: tunnelProgram(
        'stand',
        words(({ wanted }) => wanted, turns),
      ),
      proves: true,
      undo: { nothing: 'It only looks.' },
    },
  ]
}

/** The step that brings tunnels from what `before` says in words to what `after` says. `front` begins its id. */
export function tunnelStep(front: string, title: string, before: readonly string[], after: readonly string[]): RunStep {
  const timeoutS = 30 + after.length / WORDS
  return {
    kind: 'run',
    id: `${front}.tunnels`,
    title,
    timeoutS,
    run: tunnelProgram('bring', after),
    undo: { run: tunnelProgram('bring', before), timeoutS },
    isUndone: tunnelProgram('stand', before),
    isStanding: tunnelProgram('stand', after),
    // The tunnels are gone then, and what sets up the network makes those of the files that the undo has put back.
    notAtBoot: true,
  }
}

function titleOf(open: readonly Turn[]): string {
  const made = open.filter(({ now }) => now === null).length
  const gone = open.filter(({ wanted }) => wanted === null).length
  const changed = open.length - made - gone
  const parts = [
    ...(made > 0 ? [`make ${count(made)}`] : []),
    ...(changed > 0 ? [`put ${count(changed)} right`] : []),
    ...(gone > 0 ? [`take away ${count(gone)}`] : []),
  ]
  const text = parts.join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function count(tunnels: number): string {
  return tunnels === 1 ? 'one tunnel' : `${tunnels} tunnels`
}

/** The host's tunnels once this step was done, from those that stood before. */
export function tunnelsAfter(standing: ReadonlyMap<string, Tunnel>, step: RunStep): Map<string, Tunnel> {
  const after = new Map(standing)
  for (const { name, tunnel } of tunnelsInWords(step.run.slice(4))) {
    if (tunnel) after.set(name, tunnel)
    else after.delete(name)
  }
  return after
}

/** Whether this step, of any plan, changes tunnels. */
export function isTunnelStep(step: { id: string; kind: string }): step is RunStep {
  return step.kind === 'run' && step.id.endsWith('.tunnels')
}
