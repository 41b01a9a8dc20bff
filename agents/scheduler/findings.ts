import type { Finding, PlanHost } from '@/lib/agent'
import { managerOf, refuse } from '@/lib/agent'
import type { BootFile } from './boot-file'
import type { BootWay } from './boot-way'
import { rcIdentity } from './boot-way'
import type { HostChoices, SetChoice } from './choices'
import type { SchedulerDesired } from './desired'
import type { SchedulerFacts, Setter } from './facts'
import { keptAtBoot } from './kept-at-boot'
import { isLaterThanOurs, setterMeans } from './match-setter'
import { mediumNote } from './recommend'
import { listNames } from './settable'

type Host = PlanHost<SchedulerFacts>

/** What a person should know before approving the plan for one host. */
export function hostFindings(
  host: Host,
  choices: HostChoices,
  persistence: SchedulerDesired['persistence'],
  way: BootWay,
): Finding[] {
  const finding = (level: Finding['level'], title: string, detail: string): Finding => ({
    level,
    hostId: host.hostId,
    title,
    detail,
  })
  const list: Finding[] = []
  for (const note of new Set(choices.set.map(({ device }) => mediumNote(device)))) {
    if (note === null) continue
    const names = choices.set.filter(({ device }) => mediumNote(device) === note).map(({ device }) => device.name)
    list.push(finding('info', `${listNames(names)} on ${host.name} may not turn at all`, note))
  }
  if (persistence === 'live-only') return [...list, ...liveOnlyFindings(host, choices, finding)]
  if (way.way !== 'none') list.push(...choices.set.flatMap((choice) => setterFindings(host, choice, way.way, finding)))
  if (way.way === 'rc-local' && host.facts.rcLocal.state === 'there' && host.facts.rcLocal.type === 'link') {
    list.push(finding('info', `/etc/rc.local on ${host.name} is a link`, `What it leads to, ${way.path}, is written.`))
  }
  const unstable = choices.set.filter(({ device }) => isByUnstableName(device, way))
  for (const { device } of unstable) {
    list.push(
      finding(
        'warn',
        `${device.name} on ${host.name} is known by its kernel name only`,
        'It tells no serial number of its own. If the disks are found in another order at a boot, the setting goes to another disk.',
      ),
    )
  }
  return [...list, ...elevatorFindings(host, choices, finding)]
}

type MakeFinding = (level: Finding['level'], title: string, detail: string) => Finding

function isByUnstableName(device: SetChoice['device'], way: BootWay): boolean {
  const identity = way.way === 'rc-local' ? rcIdentity(device) : device.identity
  return identity.kind === 'name' && /^sd/.test(device.name)
}

/** Throws `invalid` when a rule that is read after ours surely sets the disk otherwise: the change could never hold. */
function setterFindings(host: Host, choice: SetChoice, way: 'udev' | 'rc-local', finding: MakeFinding): Finding[] {
  const { device, scheduler } = choice
  return host.facts.setters.flatMap((setter) => {
    const means = setterMeans(setter, device)
    if (means === 'no' || setter.value === scheduler) return []
    const place = `${setter.file}, line ${setter.line}`
    const later = isLaterThanOurs(setter, way)
    if (later === 'no') {
      const detail = `${place}, is read before Pollux's own, which has the last word.`
      return [finding('info', `${whoOf(setter)} sets ${setter.value} for ${device.name} on ${host.name} too`, detail)]
    }
    if (later === 'yes' && means === 'yes' && setter.how === 'udev-rule') {
      throw refuse(
        `${setter.file} on ${host.name} sets ${setter.value} for ${device.name} (line ${setter.line}) and is read after Pollux's own rule, so it would win. Take that line out, or give the file a name below 60-pollux.`,
        `hosts.${host.hostId}.${device.key}`,
      )
    }
    const may = later === 'yes' && means === 'yes' ? 'sets' : 'may set'
    return [
      finding(
        'warn',
        `${whoOf(setter)} ${may} ${device.name} on ${host.name} back to ${setter.value}`,
        `${place}, comes after Pollux's own at boot. Take it out there, or the disk may use ${setter.value} after the next reboot.`,
      ),
    ]
  })
}

function whoOf({ how }: Setter): string {
  const names: Record<Setter['how'], string> = {
    'udev-rule': 'Another udev rule',
    tmpfiles: 'A tmpfiles.d line',
    'sysfs-conf': 'sysfsutils',
    'rc-local': 'A line of the start script',
    tuned: 'tuned',
    tlp: 'TLP',
  }
  return names[how]
}

/** elevator= counts for the single-queue schedulers only, which left the kernel with 5.0. */
export function isElevatorIgnored(kernel: string): boolean {
  return Number(/^(\d+)\./.exec(kernel)?.[1] ?? 0) >= 5
}

function elevatorFindings(host: Host, choices: HostChoices, finding: MakeFinding): Finding[] {
  const { elevator, kernel } = host.facts
  if (elevator === null || choices.set.length === 0) return []
  const title = `${host.name} boots with elevator=${elevator}`
  if (isElevatorIgnored(kernel)) {
    return [finding('info', title, 'Its kernel ignores that word since 5.0; it can go from the boot line.')]
  }
  return [
    finding(
      'info',
      title,
      'The kernel starts every disk with it; what is chosen here is set later in the boot and wins.',
    ),
  ]
}

function liveOnlyFindings(host: Host, choices: HostChoices, finding: MakeFinding): Finding[] {
  return choices.set.flatMap(({ device, scheduler }) => {
    const kept = keptAtBoot(device, host.facts)
    if (kept === null || kept.scheduler === scheduler) return []
    const detail = `${kept.path} says so. It is not touched, because only the running system was chosen.`
    return [finding('warn', `${device.name} on ${host.name} goes back to ${kept.scheduler} at the next reboot`, detail)]
  })
}

/** What the file that is written for the boot has to say: who else writes it, hand edits, early ends, a new mode. */
export function fileFindings(host: Host, file: Extract<BootFile, { ok: true }>): Finding[] {
  const { before, after, path } = file
  const list: Finding[] = []
  const add = (level: Finding['level'], title: string, detail: string) =>
    list.push({ level, hostId: host.hostId, title, detail })
  const manager = managerOf(before?.bytes ?? '')
  if (manager) add('warn', `${manager} writes ${path} on ${host.name} too`, 'It may write it anew without these lines.')
  if (file.wasEdited) {
    add(
      'warn',
      `Pollux's lines in ${path} on ${host.name} were edited`,
      'They are written anew; the diff shows what goes.',
    )
  }
  if (file.mayLeaveAt.length > 0) {
    const lines = file.mayLeaveAt.join(', ')
    add('warn', `${path} on ${host.name} may end early (line ${lines})`, 'Then the disks are not set at that boot.')
  }
  if (before && after && before.mode !== after.mode) {
    add(
      'info',
      `${path} on ${host.name} becomes executable`,
      'It does not run at boot without that, and holds no other command.',
    )
  }
  return list
}
