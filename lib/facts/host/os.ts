import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, missing, textOf, textsOf } from './found'

export const osSchema = z.object({
  /** `ID` of os-release ("debian", "ubuntu"), or what the old files tell: "debian", "readynas", "busybox". */
  id: z.string(),
  /** For a person: "Debian GNU/Linux 12 (bookworm)". */
  name: z.string(),
  /** As precise as the host tells: "12.11". */
  version: z.string().nullable(),
  codename: z.string().nullable(),
  /** `ID_LIKE`. */
  like: z.array(z.string()),
})
export type OsFacts = z.infer<typeof osSchema>

const small = 4096

/** What the host is: os-release(5), else the files of before 2012, else what busybox is alone with. */
export const osProbe = defineProbe({
  id: 'os',
  timeoutS: 5,
  readings: {
    release: {
      kind: 'first-of',
      of: [
        { kind: 'file', path: '/etc/os-release', maxBytes: small },
        { kind: 'file', path: '/usr/lib/os-release', maxBytes: small },
      ],
    },
    debian: { kind: 'file', path: '/etc/debian_version', maxBytes: small },
    readynas: { kind: 'file', path: '/etc/raidiator_version', maxBytes: small },
    issue: { kind: 'file', path: '/etc/issue', maxBytes: small },
    programs: { kind: 'programs', names: ['busybox', 'dpkg', 'rpm'] },
  },
  parse: parseOs,
})

type Names = 'release' | 'debian' | 'readynas' | 'issue' | 'programs'

export function parseOs(raw: RawReadings<Names>): Found<OsFacts> {
  const readynas = textOf(raw.readynas)
  const debian = textOf(raw.debian)?.trim() || null
  const release = textOf(raw.release)
  if (readynas !== null) {
    const version = clip(/version=([^,\s]+)/.exec(readynas)?.[1] ?? readynas.replace(/^.*!!/, ''))
    return found({
      id: 'readynas',
      name: `ReadyNAS RAIDiator ${version}`.trim(),
      version,
      codename: null,
      like: ['debian'],
    })
  }
  if (release !== null) {
    const values = parseOsRelease(release)
    const id = values.get('ID') ?? 'linux'
    const version = (id === 'debian' && debian && /^\d/.test(debian) ? debian : values.get('VERSION_ID')) ?? null
    return found({
      id: clip(id),
      name: clip(values.get('PRETTY_NAME') ?? values.get('NAME') ?? id),
      version: version === null ? null : clip(version),
      codename: clipped(values.get('VERSION_CODENAME')),
      like: (values.get('ID_LIKE') ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .slice(0, 8)
        .map((word) => clip(word)),
    })
  }
  if (debian) {
    return found({ id: 'debian', name: `Debian ${clip(debian)}`, version: clip(debian), codename: null, like: [] })
  }
  const issue = linesOf(textOf(raw.issue) ?? '')[0]?.replace(/\\[a-zA-Z]/g, '')
  const programs = textsOf(raw.programs)
  if (issue) return found({ id: 'linux', name: clip(issue), version: null, codename: null, like: [] })
  if (programs.has('busybox') && !programs.has('dpkg') && !programs.has('rpm')) {
    return found({ id: 'busybox', name: 'Linux with busybox', version: null, codename: null, like: [] })
  }
  return missing('absent', 'no file tells what this host runs (os-release, debian_version, issue)')
}

function clipped(text: string | undefined): string | null {
  return text ? clip(text) : null
}

/** `KEY=value`, with shell quotes and backslashes (os-release(5)). */
export function parseOsRelease(text: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const line of linesOf(text)) {
    const match = /^([A-Z][A-Z0-9_]*)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(.*))$/.exec(line.trim())
    if (!match?.[1]) continue
    values.set(match[1], (match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? match[4] ?? '').trim())
  }
  return values
}
