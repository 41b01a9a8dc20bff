import type { Argv, Check, FileStep, KnobStep, RunStep } from '@/lib/agent'
import { managerOf } from '@/lib/agent'
import type { BootFile } from './boot-file'
import type { BootWay } from './boot-way'
import { knobPath, type SetChoice } from './choices'

const SETTLE_S = 30
const settle: { run: Argv; timeoutS: number } = {
  run: ['udevadm', 'settle', `--timeout=${SETTLE_S}`],
  timeoutS: SETTLE_S + 10,
}

/** Ids are unique in the plan: the host's place in it, and a device name without signs that an id must not have. */
export function stepId(hostIndex: number, ...words: string[]): string {
  return [`h${hostIndex + 1}`, ...words.map((word) => word.replace(/[^A-Za-z0-9]/g, '-'))].join('.')
}

/** Writes one file for the boot; null when it stands as wished. */
export function fileStep(id: string, file: Extract<BootFile, { ok: true }>, way: BootWay): FileStep | null {
  const { before, after, path } = file
  if (before?.bytes === after?.bytes && before?.mode === after?.mode) return null
  const managedBy = managerOf(before?.bytes ?? '')
  return {
    kind: 'file',
    id,
    title: after === null ? `Remove ${path}, which sets nothing any more` : `Keep it over a reboot in ${path}`,
    timeoutS: 20,
    path,
    before,
    after,
    ...(way.way === 'udev' && path === way.path
      ? { activate: { run: ['udevadm', 'control', way.reload] satisfies Argv, timeoutS: 20 } }
      : {}),
    ...(managedBy === null ? {} : { managedBy }),
    undo: { copy: true },
  }
}

/** Asks the shell that will run the file at boot whether it can read it. */
export function syntaxStep(id: string, path: string, bytes: string): RunStep {
  const shell = /^#!.*\bbash\b/.test(bytes) ? 'bash' : 'sh'
  return {
    kind: 'run',
    id,
    title: `Check the syntax of ${path}`,
    timeoutS: 20,
    run: [shell, '-n', path],
    undo: { nothing: 'It only reads the file.' },
  }
}

/** Writes the knob itself. */
export function knobStep(id: string, { device, scheduler }: SetChoice): KnobStep {
  const before = device.active ?? ''
  return {
    kind: 'knob',
    id,
    title: `Set ${device.name} from ${before} to ${scheduler}`,
    timeoutS: 60,
    path: knobPath(device),
    value: scheduler,
    before,
    undo: { knob: knobPath(device), value: before },
  }
}

/**
 * Lets udev handle the disk once more, so that the rule itself sets it and thereby proves that it matches.
 * udevadm(8): a name with `!` is listed so in /sys and with `/` in udev; patterns are or-ed.
 */
export function triggerStep(id: string, { device, scheduler }: SetChoice): RunStep {
  const names = [...new Set([device.name, device.name.replaceAll('!', '/')])]
  return {
    kind: 'run',
    id,
    title: `Let the rule set ${device.name} from ${device.active ?? ''} to ${scheduler}`,
    timeoutS: 20,
    run: [
      'udevadm',
      'trigger',
      '--action=change',
      '--subsystem-match=block',
      ...names.map((name) => `--sysname-match=${name}`),
    ],
    // An event that udev has not come to yet would set again what is put back.
    undo: { knob: knobPath(device), value: device.active ?? '', wait: settle },
  }
}

/** Waits for udev. */
export function settleStep(id: string): RunStep {
  return { kind: 'run', id, title: 'Wait until udev has done it', ...settle, undo: { nothing: 'It only waits.' } }
}

/** The proof for one disk: the kernel's own list marks the scheduler. */
export function knobCheck(id: string, hostId: string, { device, scheduler }: SetChoice): Check {
  return {
    id,
    hostId,
    title: `${device.name} uses ${scheduler}`,
    weight: 'must',
    read: { file: knobPath(device) },
    expect: { includes: `[${scheduler}]` },
    timeoutS: 10,
  }
}

/** The proof for a file: the line stands in it, or the file is gone. */
export function fileCheck(id: string, hostId: string, title: string, path: string, line: string | null): Check {
  const expect = line === null ? ({ absent: true } as const) : { includes: line }
  return { id, hostId, title, weight: 'must', read: { file: path }, expect, timeoutS: 10 }
}

/** Advice: udev still knows the disk by what the rule asks for, also where nothing had to be set now. */
export function serialCheck(id: string, hostId: string, { device }: SetChoice): Check | null {
  const { kind, value } = device.identity
  if (kind !== 'serial' && kind !== 'serial-path') return null
  return {
    id,
    hostId,
    title: `udev knows ${device.name} by the serial in its rule`,
    weight: 'advise',
    read: { command: ['udevadm', 'info', '--query=property', `--path=/sys/block/${device.name}`] },
    expect: { includes: `ID_SERIAL=${value}` },
    timeoutS: 10,
  }
}
