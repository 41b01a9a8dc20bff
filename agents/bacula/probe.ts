import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { type ConfigFile, documentOf } from '@/lib/agent/config-file'
import { byPathOf, programsOf } from '@/lib/agent/raw-reading'
import type { BaculaFacts } from './facts'
import { consoleConf, dirConf, polluxConf } from './paths'
import { withoutPasswords } from './tokens'

const readings = {
  programs: { kind: 'programs', names: ['bconsole', 'bacula-dir'] },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own names.
  packages: { kind: 'command', argv: ['dpkg-query', '-W', '-f', '${Package} ${Version}\n', 'bacula-*'] },
  system: { kind: 'files', globs: ['/proc/1/comm'] },
  dirConf: { kind: 'document', path: dirConf },
  consoleConf: { kind: 'document', path: consoleConf },
  polluxConf: { kind: 'document', path: polluxConf },
} as const

export type BaculaReadings = RawReadings<keyof typeof readings>

/** Files and packages alone: a console's question needs a conversation, which no reading is. */
export const baculaProbe = defineProbe<'bacula', BaculaFacts, keyof typeof readings>({
  id: 'bacula',
  timeoutS: 15,
  readings,
  parse: parseFacts,
  keep: withoutSecrets,
})

function parseFacts(raw: BaculaReadings): Found<BaculaFacts> {
  const packages = raw.packages.state === 'read' && raw.packages.kind === 'text' ? raw.packages.text : ''
  const first = byPathOf(raw.system).get('/proc/1/comm')?.trim()
  return {
    state: 'read',
    value: {
      programs: [...programsOf(raw.programs)].toSorted(),
      version: /^bacula-(?:director|console)\S* (?:\d+:)?(\d[\d.]*)/m.exec(packages)?.[1] ?? null,
      init: first === 'systemd' ? 'systemd' : 'other',
      dirConf: documentOf(raw.dirConf),
      consoleConf: documentOf(raw.consoleConf),
      polluxConf: documentOf(raw.polluxConf),
    },
  }
}

/** The facts as they may be kept: no password of any file. */
export function withoutSecrets(facts: BaculaFacts): BaculaFacts {
  const plain = (file: ConfigFile): ConfigFile =>
    file.state === 'there' ? { ...file, bytes: withoutPasswords(file.bytes) } : file
  return {
    ...facts,
    dirConf: plain(facts.dirConf),
    consoleConf: plain(facts.consoleConf),
    polluxConf: plain(facts.polluxConf),
  }
}
