import { cutLink, fillDisk, freeDisk, hostExec, powerCut, powerOn, reboot, restoreLink } from '@/e2e/lab/lab'
import type { Moment } from './moments'

/** What a fault may lay hands on: the host, the change on it, and the dashboard that drives it. */
export interface Stricken {
  host: string
  directory: string
  /** The first file that the plan writes on the host. */
  file: string
  /** Lets the process that stands still at the moment go on. Done after the fault unless the fault did it. */
  thaw(): Promise<void>
  killDashboard(): Promise<void>
  restartDashboard(): Promise<void>
  stopChange(): Promise<void>
  /** Another installation tries the same change on the same host; how it ended. */
  tryFromElsewhere(): Promise<string>
}

export type FaultId =
  | 'none'
  | 'dashboard-restarted'
  | 'dashboard-gone'
  | 'link-5s'
  | 'link-gone'
  | 'disk-full'
  | 'inodes-full'
  | 'proof-fails'
  | 'undo-fails'
  | 'rebooted'
  | 'power-cut'
  | 'clock-back'
  | 'sshd-stopped'
  | 'second-dashboard'
  | 'edited-before'
  | 'edited-after'
  | 'cancelled'
  | 'supervisor-killed'

export interface Fault {
  id: FaultId
  title: string
  /** Whether only a kernel of its own can have it. */
  onlyGuests: boolean
  /** Whether the host is alone until it came to its end, or its deadline: then it is looked at before anybody heals it. */
  alone: boolean
  /** Whether it cuts the host off for good: a change that had not begun is then looked at once the dashboard noticed. */
  cuts: boolean
  /** The change's proof is made to fail. */
  fails: boolean
  /** Whether it is done to a file that the plan writes. */
  ofFile: boolean
  /** What the fault itself takes from the host until it is healed, as `compare.ts` names it. */
  hides: RegExp | null
  /** Whether it makes sense at this moment. */
  at(moment: Moment): boolean
  strike(on: Stricken): Promise<void>
  /** Takes the fault away before the next contact. */
  heal(on: Stricken): Promise<void>
}

const nothing = async () => {}
const sh = async (host: string, script: string, seconds = 120) => {
  const ran = await hostExec(host, ['sh'], { input: script, seconds })
  if (ran.code !== 0) throw new Error(`expected the fault to be made on ${host}, got ${ran.stderr || ran.stdout}`)
}

function fault(id: FaultId, title: string, more: Partial<Fault>): Fault {
  return {
    id,
    title,
    onlyGuests: false,
    alone: false,
    fails: false,
    ofFile: false,
    hides: null,
    cuts: false,
    at: isRunning,
    strike: nothing,
    heal: nothing,
    ...more,
  }
}

const isRunning = (moment: Moment) => moment.id !== 'planned'
const onHost = (moment: Moment) => moment.where === 'host' && moment.id !== 'uploading'
const isWritten = (moment: Moment) => onHost(moment) && !['marked.armed', 'start.1'].includes(moment.id)
const isProved = ({ stage }: Moment) => stage === 'checked' || stage === 'stands'

/** What another admin writes. */
export const foreignBytes = '# another hand\n'
const edit = (host: string, file: string) =>
  sh(host, `mkdir -p "$(dirname ${file})" && printf '%s' '${foreignBytes}' > ${file}`)

const inodes = '/var/tmp/lab-inodes'
// An ext4 has a fixed number of inodes, a guest's few. A tmpfs below an overlay has millions, which no test can use up.
const fillInodes = (host: string) =>
  sh(
    host,
    `mkdir -p ${inodes} && cd ${inodes} && { seq 1 20000 | xargs -n 500 sh -c 'touch "$@" || exit 255' sh 2>/dev/null; ! touch one-more 2>/dev/null; }`,
    300,
  )
/** Gives back what the fault took; harmless where it took nothing. */
export const freeInodes = (host: string) => sh(host, `rm -rf ${inodes}`, 300)

/** Every fault, as data. None is a politely closed socket. */
export const faults: readonly Fault[] = [
  fault('none', 'none', { at: (moment) => moment.id === 'planned' }),
  fault('dashboard-restarted', 'dashboard killed and restarted', {
    strike: async (on) => {
      await on.killDashboard()
      await on.thaw()
      await on.restartDashboard()
    },
  }),
  fault('dashboard-gone', 'dashboard killed and gone for good', {
    alone: true,
    strike: (on) => on.killDashboard(),
    heal: (on) => on.restartDashboard(),
  }),
  fault('link-5s', 'link cut for 5 s', {
    strike: async (on) => {
      await cutLink(on.host)
      await on.thaw()
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      await restoreLink(on.host)
    },
    heal: (on) => restoreLink(on.host),
  }),
  fault('link-gone', 'link cut for good', {
    alone: true,
    cuts: true,
    strike: (on) => cutLink(on.host),
    heal: (on) => restoreLink(on.host),
  }),
  fault('disk-full', 'disk full', { alone: true, strike: (on) => fillDisk(on.host), heal: (on) => freeDisk(on.host) }),
  fault('inodes-full', 'no inode left', {
    alone: true,
    onlyGuests: true,
    strike: (on) => fillInodes(on.host),
    heal: (on) => freeInodes(on.host),
  }),
  fault('proof-fails', 'verification fails', { fails: true, at: (moment) => moment.id === 'planned' }),
  fault('undo-fails', "undo's own step fails", {
    ofFile: true,
    alone: true,
    fails: true,
    // The folder of the file cannot be written any more, as when its file system was remounted read-only. The proof that
    // fails is what calls for the undo: behind it there is none. Once the files are back it breaks nothing any more.
    at: (moment) => isWritten(moment) && !isProved(moment) && !moment.filesAreBack && moment.id !== 'middle.1',
    strike: (on) => sh(on.host, `d=$(dirname ${on.file}); mount --bind "$d" "$d" && mount -o remount,bind,ro "$d"`),
    heal: (on) => sh(on.host, `umount "$(dirname ${on.file})"`),
  }),
  fault('rebooted', 'host rebooted', {
    onlyGuests: true,
    at: onHost,
    strike: async (on) => {
      const down = reboot(on.host)
      await on.thaw()
      await down
    },
  }),
  fault('power-cut', 'power cut', {
    onlyGuests: true,
    strike: async (on) => {
      await powerCut(on.host)
      await powerOn(on.host)
    },
  }),
  fault('clock-back', "host's clock set back a day", {
    alone: true,
    onlyGuests: true,
    strike: (on) => sh(on.host, 'date -s "@$(($(date +%s) - 86400))" >/dev/null'),
    heal: (on) => sh(on.host, `date -s @${Math.floor(Date.now() / 1000)} >/dev/null`),
  }),
  fault('sshd-stopped', 'sshd stopped', {
    alone: true,
    cuts: true,
    hides: /^(socket tcp \S+:22|unit ssh\S*):/,
    strike: (on) => sh(on.host, stopSshd),
    heal: (on) => sh(on.host, startSshd),
  }),
  fault('second-dashboard', 'a second dashboard', {
    at: (moment) => onHost(moment) && moment.stage !== 'undo' && !moment.id.startsWith('end'),
    strike: async (on) => {
      const end = await on.tryFromElsewhere()
      if (end !== 'not-started' && end !== 'stale')
        throw new Error(`expected the other dashboard to be refused, got ${end}`)
    },
  }),
  fault('edited-before', 'another admin edits the file between plan and apply', {
    ofFile: true,
    at: (moment) => ['planned', 'approved'].includes(moment.id),
    strike: (on) => edit(on.host, on.file),
  }),
  fault('edited-after', 'another admin edits the file between write and verify', {
    ofFile: true,
    at: (moment) => isWritten(moment) && moment.stage === 'steps' && moment.id !== 'checks.-',
    strike: (on) => edit(on.host, on.file),
  }),
  fault('cancelled', 'operator cancels', {
    at: (moment) => onHost(moment),
    strike: (on) => on.stopChange(),
  }),
  fault('supervisor-killed', "host's supervisor killed", {
    at: onHost,
    strike: (on) => sh(on.host, `kill -s KILL "$(cat ${on.directory}/held)"`),
  }),
]

// The listener and every login of the host's own sshd; a guest's second one, the lab's way in, is spared.
const stopSshd = `if [ -d /run/systemd/system ]; then systemctl stop ssh ssh.socket 2>/dev/null; else /etc/init.d/ssh stop >/dev/null; fi
for pid in $(ss -Htnp state established '( sport = :22 )' | sed -n 's/.*pid=\\([0-9]*\\).*/\\1/p' | sort -u); do kill -s KILL "$pid"; done
exit 0`
const startSshd = `if [ -d /run/systemd/system ]; then systemctl reset-failed ssh 2>/dev/null; systemctl start ssh; else /etc/init.d/ssh start >/dev/null; fi`
