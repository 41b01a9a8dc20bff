import type { AddressStep, FileStep, HostCheck, Step } from '@/lib/agent'
import { managerOf, refuse } from '@/lib/agent'
import type { FileEdit } from '@/lib/agent/config-file'
import { type IpAddress, printAddress } from '@/lib/agent/ip-address'
import { mainAddress } from './addresses'
import { cidrOf, type DeviceFacts } from './facts'
import { dropEdits, keepEdit, keptAt } from './kept'
import { stepId } from './names'
import type { Host, PutOn, TakeOff } from './resolve'

type GoodEdit = Extract<FileEdit, { ok: true }>

/** One host's steps and proofs. */
export interface HostPart {
  host: Host
  device: DeviceFacts
  steps: Step[]
  checks: HostCheck[]
  /** Files that the part writes, or would have written were they not as wished. */
  edits: GoodEdit[]
}

/** Puts the address on: asked for on the wire and put there first, then kept in the file. */
export function putOnPart(put: PutOn, index: number, address: IpAddress, keep: boolean, announce: boolean): HostPart {
  const { host, device, label, isLive } = put
  const edits =
    keep && keptAt(host.facts, device, address).length === 0
      ? [good(host, keepEdit(host.facts, device, address, label))]
      : []
  const live = isLive ? [] : [addressStep(index, put.device, address, { present: true, label, announce })]
  const steps = [...live, ...edits.map((edit, at) => fileStep(index, at, edit, address))]
  return { host, device, steps, edits, checks: checksOf(steps, host, index, device, address, true) }
}

/** Takes the address off: out of the file first, then off the device. */
export function takeOffPart(
  { host, device, live }: TakeOff,
  index: number,
  address: IpAddress,
  keep: boolean,
): HostPart {
  const edits = keep ? dropEdits(host.facts, device, address).map((edit) => good(host, edit)) : []
  const steps = [
    ...edits.map((edit, at) => fileStep(index, at, edit, address)),
    ...(live ? [addressStep(index, device, address, { present: false, label: live.label, announce: true })] : []),
  ]
  return { host, device, steps, edits, checks: checksOf(steps, host, index, device, address, false) }
}

function good(host: Host, edit: FileEdit): GoodEdit {
  if (edit.ok) return edit
  throw refuse(
    `${edit.path} on ${host.name} ${edit.why}. Or choose "until the next boot" and see to that file by hand.`,
  )
}

function addressStep(
  index: number,
  device: DeviceFacts,
  address: IpAddress,
  { present, label, announce }: { present: boolean; label: string | null; announce: boolean },
): AddressStep {
  const text = printAddress(address)
  return {
    kind: 'address',
    id: stepId(index, present ? 'put-on' : 'take-off', device.name),
    title: present ? `Put ${text} on ${device.name}` : `Take ${text} off ${device.name}`,
    timeoutS: 30,
    device: device.name,
    address: text,
    ...(label !== null && address.family === 4 ? { label } : {}),
    present,
    before: !present,
    exclusive: true,
    announce,
    undo: { address: true },
  }
}

function fileStep(index: number, at: number, edit: GoodEdit, address: IpAddress): FileStep {
  const { path, before, after, makesFolder } = edit
  const managedBy = managerOf(before?.bytes ?? '')
  const isKept = after !== null && (before === null || after.bytes.length > before.bytes.length)
  const title = isKept
    ? `Keep ${address.host} over a boot in ${path}`
    : after === null
      ? `Remove ${path}, which keeps ${address.host}`
      : `Take ${address.host} out of ${path}`
  return {
    kind: 'file',
    id: stepId(index, 'file', `${at + 1}`),
    title,
    timeoutS: 20,
    path,
    before,
    after,
    ...(makesFolder ? { makesFolder: true } : {}),
    ...(managedBy === null ? {} : { managedBy }),
    undo: { copy: true },
  }
}

function checksOf(
  steps: readonly Step[],
  host: Host,
  index: number,
  device: DeviceFacts,
  address: IpAddress,
  present: boolean,
): HostCheck[] {
  if (steps.length === 0) return []
  const must = { hostId: host.hostId, weight: 'must', timeoutS: 10 } as const
  const text = printAddress(address)
  const read = { command: ['ip', '-o', 'addr', 'show', 'dev', device.name] } as const
  return [
    {
      ...must,
      id: stepId(index, 'address'),
      title: present ? `${device.name} has ${text}` : `${device.name} has ${text} no more`,
      read,
      expect: present ? { includes: ` ${text} ` } : { excludes: ` ${text} ` },
    },
    ...steps.flatMap((step): HostCheck[] =>
      step.kind === 'file' ? fileChecks(step, address).map((check) => ({ ...must, ...check })) : [],
    ),
    ...([4, 6] as const).flatMap((family): HostCheck[] =>
      wayOutChecks(host, index, family).map((check) => ({ ...must, ...check })),
    ),
  ]
}

type Proof = Pick<HostCheck, 'id' | 'title' | 'read' | 'expect'>

function fileChecks(step: FileStep, address: IpAddress): Proof[] {
  const check = { id: `${step.id}.check`, read: { file: step.path } }
  if (step.after === null) return [{ ...check, title: `${step.path} is gone`, expect: { absent: true } }]
  const isKept = (step.before?.bytes.length ?? 0) < step.after.bytes.length
  const lines = (bytes: string) =>
    bytes.split('\n').filter((line) => line.includes(address.host) && !/^\s*#/.test(line))
  const line = lines((isKept ? step.after : step.before)?.bytes ?? '')[0]?.trim() ?? address.host
  if (isKept) return [{ ...check, title: `${step.path} keeps ${address.host}`, expect: { includes: line } }]
  // The line of a longer address holds that of a shorter one; that the file stands as written is looked at anyway.
  if (step.after.bytes.includes(line)) return []
  return [{ ...check, title: `${step.path} keeps ${address.host} no more`, expect: { excludes: line } }]
}

/** What the change must leave alone: the host's own address and its way out, for each family. */
function wayOutChecks(host: Host, index: number, family: 4 | 6): Proof[] {
  const main = mainAddress(host.facts, family)
  const route = host.facts.defaultRoutes.find((one) => one.family === family)
  // What a router announces comes and goes by itself.
  if (!main || !route || main.address.flags.includes('dynamic') || / proto ra\b/.test(route.text)) return []
  const way = route.via === null ? `dev ${route.device}` : `via ${route.via} dev ${route.device}`
  // Of several next hops the first counts; a next hop of the other family is printed in more words.
  const shown = [`default ${way}`, way].find((words) => route.text.includes(words))
  return [
    {
      id: stepId(index, `main${family}`),
      title: `${main.device} still has ${cidrOf(main.address)}, the host's own address`,
      read: { command: ['ip', '-o', 'addr', 'show', 'dev', main.device] },
      expect: { includes: ` ${cidrOf(main.address)} ` },
    },
    ...(shown === undefined
      ? []
      : [
          {
            id: stepId(index, `route${family}`),
            title: `The default route still goes ${way}`,
            read: { command: ['ip', `-${family}`, 'route', 'show', 'default'] } as const,
            expect: { includes: shown },
          },
        ]),
  ]
}
