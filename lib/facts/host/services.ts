import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, missing, textOf, textsOf, whyNot } from './found'

export const servicesSchema = z.object({
  /** Who starts services: systemd's units, the links of runlevel 2 or 3, or nothing that could be listed. */
  manager: z.enum(['systemd', 'sysv', 'none']),
  services: z.array(
    z.object({
      name: z.string(),
      /** "active", "inactive", "failed" …; null where the manager does not tell without running something. */
      state: z.string().nullable(),
      /** "running", "exited", "dead" … */
      detail: z.string().nullable(),
      description: z.string().nullable(),
    }),
  ),
  /** Units of any kind that failed; null where that is not known. */
  failed: z.array(z.object({ name: z.string(), description: z.string() })).nullable(),
})
export type ServicesFacts = z.infer<typeof servicesSchema>

export const servicesProbe = defineProbe({
  id: 'services',
  timeoutS: 15,
  readings: {
    process: { kind: 'file', path: '/proc/1/comm', maxBytes: 256 },
    units: {
      kind: 'first-of',
      of: [
        {
          kind: 'command',
          argv: [
            'systemctl',
            'list-units',
            '--type=service,mount,socket,timer,swap,path',
            '--all',
            '--plain',
            '--no-legend',
            '--no-pager',
            '--full',
          ],
          timeoutS: 10,
        },
        { kind: 'links', globs: ['/etc/rc2.d/S*'] },
        { kind: 'links', globs: ['/etc/rc.d/rc3.d/S*'] },
      ],
    },
  },
  parse: parseServices,
})

export function parseServices(raw: RawReadings<'process' | 'units'>): Found<ServicesFacts> {
  if (raw.units.state === 'not-read') return whyNot(raw.units)
  const text = textOf(raw.units)
  if (text !== null && text.trim() !== '') return found(parseUnits(text))
  if (textOf(raw.process)?.trim() === 'systemd') {
    return missing('failed', 'systemd runs this host, but systemctl gave no list of its units')
  }
  const names = [...textsOf(raw.units).keys()].map((path) => /\/S\d*([^/]+)$/.exec(path)?.[1] ?? '')
  const services = [...new Set(names)].filter(Boolean).sort()
  return found({
    manager: services.length > 0 ? 'sysv' : 'none',
    services: services
      .slice(0, 500)
      .map((name) => ({ name: clip(name), state: null, detail: null, description: null })),
    failed: null,
  })
}

/** UNIT LOAD ACTIVE SUB DESCRIPTION; older systemctl puts a mark before a unit that failed. */
function parseUnits(text: string): ServicesFacts {
  const units = linesOf(text).flatMap((line) => {
    const match = /^(?:[●*↻○] |\s)*(\S+\.[a-z]+)\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(.*))?$/u.exec(line)
    if (!match) return []
    const [, name = '', load = '', state = '', detail = '', description = ''] = match
    return [
      { name: clip(name), load, state: clip(state, 32), detail: clip(detail, 32), description: clip(description) },
    ]
  })
  return {
    manager: 'systemd',
    services: units
      .filter((unit) => unit.name.endsWith('.service') && unit.load !== 'not-found')
      .slice(0, 1000)
      .map(({ name, state, detail, description }) => ({
        name: name.replace(/\.service$/, ''),
        state,
        detail,
        description,
      })),
    failed: units.filter((unit) => unit.state === 'failed').map(({ name, description }) => ({ name, description })),
  }
}
