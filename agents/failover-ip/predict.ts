import type { AddressStep, Plan, PlanHost } from '@/lib/agent'
import { filesAfter } from '@/lib/agent/config-file'
import { parseAddress } from '@/lib/agent/ip-address'
import type { LiveAddress } from '@/lib/agent/live-address'
import type { DeviceFacts, FailoverFacts } from './facts'

/** The host's facts once the plan was applied: its files as written, its addresses as put on and taken off. */
export function predictFacts({ hostId, facts }: PlanHost<FailoverFacts>, plan: Plan): FailoverFacts {
  const steps = plan.phases.flatMap((phase) =>
    phase.hosts.filter((host) => host.hostId === hostId).flatMap((host) => host.steps),
  )
  const addresses = steps.filter((step) => step.kind === 'address')
  return {
    ...facts,
    files: filesAfter(
      facts.files,
      steps.filter((step) => step.kind === 'file'),
    ),
    devices: facts.devices.map((device) =>
      addresses.filter((step) => step.device === device.name).reduce(after, device),
    ),
  }
}

function after(device: DeviceFacts, step: AddressStep): DeviceFacts {
  const address = parseAddress(step.address)
  if (!address) return device
  const { family, host, prefix } = address
  const others = device.addresses.filter((one) => one.host !== host)
  if (!step.present) return { ...device, addresses: others }
  const added: LiveAddress = { family, host, prefix, peer: null, scope: 'global', label: step.label ?? null, flags: [] }
  return { ...device, addresses: [...others, added] }
}
