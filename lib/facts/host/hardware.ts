import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, missing, textOf, textsOf } from './found'

export const hardwareSchema = z.object({
  /** Processors that are online; null where the host does not tell. */
  cpus: z.number().nullable(),
  cpuModel: z.string().nullable(),
  /** What the host runs on: the machine itself, a virtual machine, a container. */
  kind: z.enum(['physical', 'virtual', 'container', 'unknown']),
  /** "kvm", "vmware", "lxc", "uml" …; null when physical or not known. */
  platform: z.string().nullable(),
  vendor: z.string().nullable(),
  product: z.string().nullable(),
})
export type HardwareFacts = z.infer<typeof hardwareSchema>

const dmi = '/sys/class/dmi/id'
const marks = ['/run/systemd/container', '/run/host/container-manager', '/.dockerenv', '/run/.containerenv']

/**
 * Processors and what they are part of, from files alone: `systemd-detect-virt` looks at the same ones and costs as
 * much as all the rest of the script.
 */
export const hardwareProbe = defineProbe({
  id: 'hardware',
  timeoutS: 5,
  readings: {
    online: {
      kind: 'first-of',
      of: [
        { kind: 'file', path: '/sys/devices/system/cpu/online', maxBytes: 4096 },
        { kind: 'file', path: '/proc/stat' },
      ],
    },
    cpuinfo: { kind: 'file', path: '/proc/cpuinfo', maxBytes: 1600 },
    files: {
      kind: 'files',
      globs: [`${dmi}/sys_vendor`, `${dmi}/product_name`, '/sys/hypervisor/type', '/proc/1/cgroup', ...marks],
    },
  },
  parse: parseHardware,
})

export function parseHardware(raw: RawReadings<'online' | 'cpuinfo' | 'files'>): Found<HardwareFacts> {
  const cpuinfo = textOf(raw.cpuinfo) ?? ''
  const files = textsOf(raw.files)
  const online = textOf(raw.online)
  if (online === null && cpuinfo === '' && files.size === 0) {
    return missing('failed', 'neither /proc nor /sys tells anything about the hardware')
  }
  const vendor = clip(files.get(`${dmi}/sys_vendor`) ?? '') || null
  const product = clip(files.get(`${dmi}/product_name`) ?? '') || null
  const model = /^(?:model name|Processor|cpu model|cpu)\s*:\s*(.+)$/m.exec(cpuinfo)?.[1]
  return found({
    cpus: online === null ? null : countCpus(online),
    cpuModel: model ? clip(model) : null,
    ...platformOf(files, cpuinfo, `${vendor ?? ''} ${product ?? ''}`),
    vendor,
    product,
  })
}

/** "0-3,8" of sysfs (cputopology), or the `cpuN` lines of /proc/stat. */
function countCpus(text: string): number | null {
  if (text.startsWith('cpu')) return linesOf(text).filter((line) => /^cpu\d/.test(line)).length || null
  let count = 0
  for (const range of text.trim().split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range)
    if (!match) return null
    count += Number(match[2] ?? match[1]) - Number(match[1]) + 1
  }
  return count
}

const vendors: readonly (readonly [RegExp, string])[] = [
  [/KVM|QEMU|Bochs|RHEV|OpenStack/i, 'kvm'],
  [/VMware/i, 'vmware'],
  [/VirtualBox|innotek/i, 'virtualbox'],
  [/Microsoft Corporation Virtual/i, 'hyper-v'],
  [/Xen/i, 'xen'],
  [/Parallels/i, 'parallels'],
  [/Amazon EC2|Google Compute|DigitalOcean|Hetzner vServer|Alibaba Cloud/i, 'cloud'],
  [/Apple Virtualization/i, 'apple'],
]

function platformOf(
  files: ReadonlyMap<string, string>,
  cpuinfo: string,
  board: string,
): Pick<HardwareFacts, 'kind' | 'platform'> {
  const named = clip(files.get(marks[0] ?? '') ?? files.get(marks[1] ?? '') ?? '')
  if (named) return { kind: 'container', platform: named }
  if (files.has('/.dockerenv')) return { kind: 'container', platform: 'docker' }
  if (files.has('/run/.containerenv')) return { kind: 'container', platform: 'podman' }
  const cgroup = /\/(lxc|docker|kubepods|machine\.slice)\b/.exec(files.get('/proc/1/cgroup') ?? '')?.[1]
  if (cgroup) return { kind: 'container', platform: cgroup }
  if (/User Mode Linux/.test(cpuinfo)) return { kind: 'virtual', platform: 'uml' }
  const hypervisor = clip(files.get('/sys/hypervisor/type') ?? '')
  const vendor = vendors.find(([pattern]) => pattern.test(board))?.[1]
  if (vendor || hypervisor) return { kind: 'virtual', platform: vendor ?? hypervisor }
  // The processor tells a guest that it is one (CPUID 1, ECX bit 31), not whose.
  if (/^flags\s*:.*\bhypervisor\b/m.test(cpuinfo)) return { kind: 'virtual', platform: null }
  return board.trim() ? { kind: 'physical', platform: null } : { kind: 'unknown', platform: null }
}
