import type { Finding } from '@/lib/agent'
import { managerOf } from '@/lib/agent'
import { type IpAddress, isInNet, parseAddress, printAddress } from '@/lib/agent/ip-address'
import type { LiveAddress } from '@/lib/agent/live-address'
import type { FailoverDesired } from './desired'
import { cidrOf } from './facts'
import { keptAt } from './kept'
import type { HostPart } from './steps'

/** What a person should know before approving the plan. */
export function findingsOf(
  parts: readonly { part: HostPart; present: boolean }[],
  desired: FailoverDesired,
  address: IpAddress,
): Finding[] {
  const list = parts
    .filter(({ part }) => part.steps.length > 0)
    .flatMap(({ part, present }) => [
      ...(present ? putOnFindings(part, desired, address) : takeOffFindings(part, desired, address)),
      ...fileFindings(part),
    ])
  const isWorking = parts.some(({ part, present }) => present && part.steps.some((step) => step.kind === 'address'))
  const isRouted = address.prefix === (address.family === 4 ? 32 : 128)
  if (!isWorking || !isRouted) return list
  return [
    ...list,
    {
      level: 'info',
      hostId: null,
      title: `${address.host} may be routed by the provider`,
      detail:
        'Where the provider sends a failover IP to one machine by its own setting, nobody answers for it on the wire and no announcement moves it: switch it there too.',
    },
  ]
}

function putOnFindings({ host, device, steps }: HostPart, desired: FailoverDesired, address: IpAddress): Finding[] {
  const { name, hostId, facts } = host
  const add = (level: Finding['level'], title: string, detail: string): Finding => ({ level, hostId, title, detail })
  const list: Finding[] = []
  const isPutOn = steps.some((step) => step.kind === 'address')
  if (isPutOn && !facts.hasPing && (!facts.hasArping || address.family === 6)) {
    list.push(
      add(
        'warn',
        `${name} cannot ask whether another machine holds ${address.host}`,
        'It has neither arping nor ping. Install iputils-arping, or be sure.',
      ),
    )
  } else if (isPutOn && !facts.hasArping && address.family === 4) {
    list.push(
      add(
        'info',
        `${name} has no arping`,
        'It asks for another holder by ping alone, and its neighbours learn of the move when their caches end. Install iputils-arping to tell them at once.',
      ),
    )
  }
  if (isPutOn && address.prefix < (address.family === 4 ? 32 : 128)) {
    const isKnown = device.addresses.some((one) => isNetOf(one, address))
    if (!isKnown) {
      list.push(
        add(
          'warn',
          `${printAddress(address)} brings a route to its whole net`,
          `All of that net is then looked for on ${device.name}. A failover IP is usually a ${address.family === 4 ? '/32' : '/128'}.`,
        ),
      )
    }
  }
  if (desired.keep === 'live-only') {
    list.push(
      add(
        'warn',
        `${name} loses ${address.host} at its next boot`,
        `Nothing keeps it: that was chosen. ${device.stackBecause}.`,
      ),
    )
  }
  if (device.stack === 'networkd') {
    list.push(
      add(
        'info',
        `networkd on ${name} is not told to reload`,
        `A reload would take the host's own address off for a moment. It reads the new file at the next reload or boot; until then "networkctl reconfigure ${device.name}" without a reload would drop the address.`,
      ),
    )
  }
  if (device.stack === 'netplan') {
    list.push(
      add(
        'info',
        `netplan on ${name} is not applied now`,
        'The address is put on live; netplan makes its files anew at the next boot, "netplan apply" or daemon-reload.',
      ),
    )
  }
  return list
}

function takeOffFindings({ host, device, edits }: HostPart, desired: FailoverDesired, address: IpAddress): Finding[] {
  const { name, hostId, facts } = host
  const list: Finding[] = []
  const kept = keptAt(facts, device, address)
  if (desired.keep === 'live-only' && kept[0]) {
    list.push({
      level: 'warn',
      hostId,
      title: `${name} takes ${address.host} again at its next boot`,
      detail: `It is kept in ${kept[0].path}, line ${kept[0].line}, which stays: that was chosen.`,
    })
  }
  if (desired.keep === 'boot' && edits.length === 0) {
    list.push({
      level: 'warn',
      hostId,
      title: `Where ${name} keeps ${address.host} was not found`,
      detail: 'No file that Pollux reads names it. If a script puts it on at boot, it comes back then.',
    })
  }
  if (facts.logins?.includes(address.host)) {
    list.push({
      level: 'warn',
      hostId,
      title: `Somebody is logged in to ${name} at ${address.host}`,
      detail: 'That connection ends when the address goes.',
    })
  }
  return list
}

function fileFindings({ host, edits }: HostPart): Finding[] {
  return edits.flatMap(({ path, before }) => {
    const manager = managerOf(before?.bytes ?? '')
    if (manager === null) return []
    return [
      {
        level: 'warn' as const,
        hostId: host.hostId,
        title: `${path} on ${host.name} is written by ${manager}`,
        detail: 'It may write the file again without this change. Make it known there too.',
      },
    ]
  })
}

function isNetOf(live: LiveAddress, address: IpAddress): boolean {
  const net = parseAddress(cidrOf(live))
  return net !== null && net.prefix === address.prefix && isInNet(address, net)
}
