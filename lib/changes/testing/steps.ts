import type { AddressStep, Argv, RunStep } from '@/lib/agent'

/** A step that puts an address on eth0; an address for documentation (RFC 5737) unless told otherwise. */
export function addressStep(more: Partial<AddressStep> = {}): AddressStep {
  return {
    kind: 'address',
    id: 'address',
    title: 'Put the address on',
    timeoutS: 20,
    device: 'eth0',
    address: '192.0.2.77/32',
    present: true,
    before: false,
    exclusive: false,
    announce: true,
    undo: { address: true },
    ...more,
  }
}

/** A command that changes nothing which had to be taken back. */
export function commandStep(id: string, run: Argv, timeoutS = 10): RunStep {
  return { kind: 'run', id, title: id, timeoutS, run, undo: { nothing: 'x' } }
}
