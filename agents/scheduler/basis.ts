import type { BasisItem, PlanHost } from '@/lib/agent'
import type { BootWay } from './boot-way'
import type { HostChoices } from './choices'
import type { Device, SchedulerFacts } from './facts'
import { isElevatorIgnored } from './findings'
import { holdsBlock } from './kept-at-boot'
import { setterMeans } from './match-setter'
import { startScripts } from './start-scripts'
import { tagOf } from './tag'

/** All that the plan for one host rests on; whatever else changes on the host leaves the plan as it is. */
export function basisOf(host: PlanHost<SchedulerFacts>, choices: HostChoices, way: BootWay): BasisItem[] {
  const { facts, hostId } = host
  const item = (name: string, value: string): BasisItem => ({ hostId, name, value })
  const devices = choices.set.map(({ device }) => device)
  return [
    item('init', facts.init),
    item('container', facts.container ?? 'no'),
    item('/sys', facts.sysReadOnly ? 'read-only' : 'writable'),
    item('way to set it at boot', wayText(way)),
    item('/etc/udev/rules.d', facts.rulesFolder ? 'there' : 'not there'),
    item('file /etc/udev/rules.d/60-pollux-ioscheduler.rules', tagOf(facts.ruleFile)),
    // On a host with udev a start script counts only where lines of ours are left in it.
    ...(way.way === 'rc-local' || startScripts(facts).some(({ document }) => holdsBlock(document))
      ? [item('file /etc/rc.local', tagOf(facts.rcLocal)), item('file /etc/rc.d/rc.local', tagOf(facts.rcLocalRedHat))]
      : []),
    item('elevator=', facts.elevator === null ? 'not set' : elevatorText(facts)),
    ...devices.flatMap((device) => deviceItems(device, item)),
    item('others that set these disks', settersText(facts, devices)),
    ...choices.leave.map(({ device, identity }) => item(`disk ${identity.value}`, device?.name ?? 'gone')),
  ]
}

function deviceItems(device: Device, item: (name: string, value: string) => BasisItem): BasisItem[] {
  return [
    item(`disk ${device.name}`, device.key),
    item(`schedulers of ${device.name}`, device.offered.join(' ')),
    item(`scheduler of ${device.name}`, device.active ?? 'not told'),
    item(`kind of ${device.name}`, kindText(device)),
  ]
}

function kindText({ kind, zoned, rotational }: Device): string {
  return [kind, ...(zoned === null || zoned === 'none' ? [] : [zoned]), ...(rotational ? ['turning'] : [])].join(', ')
}

function wayText(way: BootWay): string {
  if (way.way === 'udev') return `udev rule, udevadm control ${way.reload}`
  return way.way === 'rc-local' ? way.path : way.why
}

function elevatorText({ elevator, kernel }: SchedulerFacts): string {
  return `${elevator ?? ''}${isElevatorIgnored(kernel) ? ', ignored' : ''}`
}

function settersText({ setters }: SchedulerFacts, devices: readonly Device[]): string {
  const lines = setters.flatMap((setter) =>
    devices.flatMap((device) => {
      const means = setterMeans(setter, device)
      return means === 'no' ? [] : [`${device.name}: ${setter.file}:${setter.line} ${setter.value} (${means})`]
    }),
  )
  return lines.join('; ') || 'none'
}
