import { defineProbe, type Plan, type RawReading, type Reading } from '@/lib/agent'
import { AppError } from '@/lib/errors'
import type { FileNow, StandingFacts } from './invert-plan'
import { readProbe } from './read-probe'

/** Reads, on every host of a plan, the files and knobs that its steps name. Throws AppError when one cannot be read. */
export async function readStanding(plan: Plan): Promise<StandingFacts> {
  const byHost = new Map<string, Readonly<Record<string, RawReading>>>()
  const hostIds = new Set(plan.phases.flatMap((phase) => phase.hosts.map((host) => host.hostId)))
  await Promise.all(
    [...hostIds].map(async (hostId) => byHost.set(hostId, await readProbe(hostId, standingProbe(plan, hostId)))),
  )
  const raw = (hostId: string, name: string) => byHost.get(hostId)?.[name]
  return {
    file: (hostId, path) => fileOf(raw(hostId, `file ${path}`), path),
    address: (hostId, device, address) => hasAddress(raw(hostId, `addresses ${device}`), device, address),
    knob: (hostId, path) => knobOf(raw(hostId, `knob ${path}`), path),
  }
}

function standingProbe(plan: Plan, hostId: string) {
  const readings: Record<string, Reading> = {}
  const steps = plan.phases.flatMap((phase) => phase.hosts.filter((host) => host.hostId === hostId))
  for (const step of steps.flatMap((host) => host.steps)) {
    if (step.kind === 'file') readings[`file ${step.path}`] = { kind: 'document', path: step.path }
    if (step.kind === 'knob') readings[`knob ${step.path}`] = { kind: 'file', path: step.path }
    if (step.kind === 'address')
      readings[`addresses ${step.device}`] = {
        kind: 'command',
        argv: ['ip', '-o', 'addr', 'show', 'dev', step.device],
      }
    if (step.kind === 'run' && 'knob' in step.undo)
      readings[`knob ${step.undo.knob}`] = { kind: 'file', path: step.undo.knob }
  }
  return defineProbe({
    id: 'standing',
    timeoutS: 10,
    readings,
    parse: (raw: Readonly<Record<string, RawReading>>) => ({ state: 'read' as const, value: raw }),
  })
}

function fileOf(raw: RawReading | undefined, path: string): FileNow {
  if (raw?.state === 'not-read' && raw.why === 'absent') return null
  if (raw?.state !== 'read' || raw.kind !== 'document') throw notReadable(path, raw)
  const { type, bytes, mode, owner, group } = raw.document
  if (type !== 'file') throw notReadable(path, raw)
  return { bytes, mode, owner, group }
}

function knobOf(raw: RawReading | undefined, path: string): string | null {
  if (raw?.state === 'not-read' && raw.why === 'absent') return null
  if (raw?.state !== 'read' || raw.kind !== 'text') throw notReadable(path, raw)
  return raw.text
}

function hasAddress(raw: RawReading | undefined, device: string, address: string): boolean {
  if (raw?.state !== 'read' || raw.kind !== 'text') throw notReadable(`the addresses of ${device}`, raw)
  return raw.text.includes(` ${address} `)
}

function notReadable(path: string, raw: RawReading | undefined): AppError {
  const why = raw?.state === 'not-read' ? raw.why : 'no plain file'
  return new AppError('conflict', `expected to read ${path}, got ${why}`, {
    userMessage: `${path} could not be read (${why}), so it is not known how it stands. Nothing was touched.`,
  })
}
