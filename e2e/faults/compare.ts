import { createHash } from 'node:crypto'
import { dirname } from 'node:path/posix'
import { hostExec, waitUntil } from '@/e2e/lab/lab'
import type { Plan, Step } from '@/lib/agent'
import { maskedBytes } from '@/lib/changes/mask'
import type { Subject } from './subjects'

/** What a host looks like out of band: one line for each thing, by its name. */
export type Snapshot = ReadonlyMap<string, string>

/** Which things a change is about on one host: its steps, and what its subject says of the rest. */
export type Watched = Pick<Subject, 'makes' | 'opens' | 'closes' | 'secret'> & {
  steps: readonly Step[]
  tells?: { script: string; applied: Readonly<Record<string, string>> }
}

export function watchedOn(plan: Plan, hostId: string, made: Omit<Watched, 'steps'>): Watched {
  const { makes, opens, closes, tells, secret } = made
  return {
    ...{ makes, opens, closes, tells, secret },
    steps: plan.phases.flatMap((phase) => phase.hosts.find((host) => host.hostId === hostId)?.steps ?? []),
  }
}

/** Reads a host by the lab's own way, never by Pollux. */
export async function lookAt(host: string, { steps, makes, tells }: Watched): Promise<Snapshot> {
  const files = [...steps.flatMap((step) => (step.kind === 'file' ? [step.path] : [])), ...makes]
  const knobs = steps.flatMap((step) => (step.kind === 'knob' ? [step.path] : []))
  const packages = steps.flatMap((step) => (step.kind === 'install' ? step.packages : []))
  let stdout = ''
  const isSeen = async () => {
    const ran = await hostExec(host, ['sh'], { input: looking({ files, knobs, packages, tells }), seconds: 60 })
    stdout = ran.stdout
    return ran.code === 0
  }
  // A busy guest may not answer at once.
  await waitUntil(`${host} can be seen out of band`, isSeen, 90)
  const lines = stdout.split('\n').filter(Boolean)
  const said = new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]))
  const ofFile = /^(?:sum|mode|attributes) /
  return new Map([
    ...files.map((path): [string, string] => [`file ${path}`, fileSaid(said, path)]),
    ...[...said].filter(([name]) => !ofFile.test(name)),
  ])
}

function fileSaid(said: ReadonlyMap<string, string>, path: string): string {
  const mode = said.get(`mode ${path}`)
  return mode === undefined
    ? 'absent'
    : `${said.get(`sum ${path}`) ?? ''} ${mode} ${said.get(`attributes ${path}`) ?? ''}`
}

/** Prints /proc/PID/cmdline of every process that works on a change; one look at all, as a guest's forks are slow. */
export const processesOfChanges = `grep -alE '^[^ ]*sh[^a-z]/var/lib/[p]ollux/changes/' /proc/[0-9]*/cmdline 2>/dev/null`

function looking({
  files,
  knobs,
  packages,
  tells,
}: Pick<Watched, 'tells'> & Record<'files' | 'knobs' | 'packages', readonly string[]>): string {
  return `LC_ALL=C
${tells?.script ?? ''}
${files.length === 0 ? '' : aboutFiles(files)}
for k in ${knobs.join(' ')}; do printf 'knob %s\\t%s\\n' "$k" "$(cat "$k")"; done
for p in ${packages.join(' ')}; do
  status=$(dpkg-query -W -f='\${Status}' "$p" 2>/dev/null) && [ "$status" != 'unknown ok not-installed' ] || continue
  printf 'package %s\t%s\n' "$p" "$status"
done
# The kernel gives a device its link-local address.
ip -o addr | awk '$4 !~ /^fe80:/ { printf "address %s %s\\tis there\\n", $2, $4 }'
ss -Hlntu | awk '{ printf "socket %s %s\\tis open\\n", $1, $5 }' | sort -u
if [ -d /run/systemd/system ]; then
  units=$(systemctl list-units --type=service,timer,socket --state=running,failed,waiting,listening --plain --no-legend) || exit 1
  # What is enabled, disabled and masked are links there; asking systemctl costs a guest five seconds.
  unit_files=$(find /etc/systemd/system -printf '%P %y%l\\n' | sort) || exit 1
  printf '%s\\n' "$units" | awk '$1 !~ /^(user@|user-runtime|session|run-|pollux-|systemd-(hostnamed|timedated|localed|fsckd)|apt-daily|dpkg-db|e2scrub|fstrim|man-db|systemd-tmpfiles)/ { printf "unit %s\\t%s %s\\n", $1, $3, $4 }'
  printf '%s\\n' "$unit_files" | awk '$1 !~ /pollux/ { printf "unit file %s\\t%s\\n", $1, $2 }'
else
  for f in /etc/rc?.d/*; do printf 'start link %s\\t%s\\n' "$f" "$(readlink "$f")"; done
fi
for f in ${[...new Set(files.map((file) => `${dirname(file)}/.pollux-*`))].join(' ')}; do [ ! -e "$f" ] || printf 'left staged %s\\tis there\\n' "$f"; done
for f in /etc/systemd/system/pollux* /etc/systemd/system/*/pollux* /etc/init.d/pollux* /etc/rc?.d/*pollux* /usr/sbin/policy-rc.d; do
  # What the change itself writes is looked at above.
  case ' ${files.join(' ')} ' in *" $f "*) continue ;; esac
  [ ! -e "$f" ] && [ ! -L "$f" ] || printf 'left hook %s\\tis there\\n' "$f"
done
[ ! -e /var/lib/pollux/lock ] || printf 'left lock\\t%s\\n' "$(cat /var/lib/pollux/lock/owner 2>/dev/null)"
${processesOfChanges} | while read -r p; do
  printf 'left process %s\\t%s\\n' "$p" "$(tr '\\0' ' ' < "$p" 2>/dev/null)"
done
exit 0
`
}

/** A program for all files and not one for each: a guest starts ten in a second. */
function aboutFiles(files: readonly string[]): string {
  const all = files.join(' ')
  return `sha256sum ${all} 2>/dev/null | sed 's/^\\([0-9a-f]*\\) [ *]\\(.*\\)$/sum \\2\\t\\1/'
stat --printf 'mode %n\\t%a %U %G\\n' ${all} 2>/dev/null
getfattr -dm- --absolute-names ${all} 2>/dev/null | awk '/^# file: / { f = substr($0, 9); next } NF { a[f] = a[f] $0 " " } END { for (f in a) printf "attributes %s\\t%s\\n", f, a[f] }'`
}

const installed = 'install ok installed'
const whatever = 'is there, whatever it says'
const mayStay = 'installed, or not there'
const eitherWay = 'there or not'

/** Expectations that more than one state of a thing meets. */
const isMet: Readonly<Record<string, (is: string) => boolean>> = {
  [whatever]: (is) => is !== 'absent',
  [mayStay]: (is) => is === installed || is === 'absent',
  [eitherWay]: () => true,
}

/** In what a host differs from what is expected of it; empty when it is so. */
export function differences(expected: Snapshot, now: Snapshot): string[] {
  const names = [...new Set([...expected.keys(), ...now.keys()])]
  return names.flatMap((name) => {
    const [want, is] = [expected.get(name) ?? 'absent', now.get(name) ?? 'absent']
    return want === is || isMet[want]?.(is) ? [] : [`${name}: expected ${want}, got ${is}`]
  })
}

/** What the host should look like with the change taken back: packages that came may stay, whole and switched off. */
export function withoutChange(before: Snapshot, { steps }: Watched): Snapshot {
  const old = new Map(before)
  for (const step of steps) {
    if (step.kind !== 'install') continue
    for (const name of step.packages) old.set(`package ${name}`, mayStay)
    for (const unit of step.units) for (const link of stopLinks(unit)) old.set(link, eitherWay)
  }
  return old
}

/** What the host should look like with the change applied. */
export function withChange(
  before: Snapshot,
  { steps, makes, opens = [], closes = [], tells, secret }: Watched,
): Snapshot {
  const after = new Map([...before, ...Object.entries(tells?.applied ?? {})])
  for (const step of steps) {
    if (step.kind === 'file')
      after.set(`file ${step.path}`, step.after === null ? 'absent' : fileLine(step.after, secret))
    if (step.kind === 'address') {
      const name = `address ${step.device} ${step.address}`
      if (step.present) after.set(name, 'is there')
      else after.delete(name)
    }
    if (step.kind === 'knob')
      after.set(`knob ${step.path}`, knobLine(before.get(`knob ${step.path}`) ?? '', step.value))
    if (step.kind === 'install') {
      for (const name of step.packages) after.set(`package ${name}`, installed)
      for (const unit of step.units) {
        for (const link of bootLinks(before, unit)) after.set(link, whatever)
        for (const link of stopLinks(unit)) after.set(link, eitherWay)
        after.set(`unit ${unit}`, eitherWay)
      }
    }
  }
  for (const socket of opens) after.set(`socket ${socket}`, 'is open')
  for (const socket of closes) after.delete(`socket ${socket}`)
  // A command's file may say anything: that it is there is what counts.
  for (const path of makes) after.set(`file ${path}`, whatever)
  return after
}

// The package of the tests switches its service on for the next boot.
function bootLinks(before: Snapshot, unit: string): string[] {
  const isSystemd = [...before.keys()].some((name) => name.startsWith('unit '))
  if (isSystemd) return [`unit file multi-user.target.wants/${unit}`]
  return [2, 3, 4, 5].map((level) => rcLink(level, 'S', unit))
}

// sysvinit stops by these: in some levels once the service was ever on, in all of them once it was switched off.
function stopLinks(unit: string): string[] {
  return [0, 1, 2, 3, 4, 5, 6].map((level) => rcLink(level, 'K', unit))
}

function rcLink(level: number, kind: 'S' | 'K', unit: string): string {
  return `start link /etc/rc${level}.d/${kind}01${unit.replace(/\.service$/, '')}`
}

function fileLine(
  after: { bytes: string; mode: string; owner: string; group: string },
  secret: string | undefined,
): string {
  const bytes = secret === undefined ? after.bytes : after.bytes.replaceAll(maskedBytes, secret)
  const sum = createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex')
  return `${sum} ${after.mode.replace(/^0+/, '')} ${after.owner} ${after.group} `
}

// A knob of several choices shows them all, with the chosen one in brackets.
function knobLine(before: string, value: string): string {
  if (!/\[[^\]]+\]/.test(before)) return value
  return before
    .replaceAll(/[[\]]/g, '')
    .split(' ')
    .map((word) => (word === value ? `[${word}]` : word))
    .join(' ')
}
