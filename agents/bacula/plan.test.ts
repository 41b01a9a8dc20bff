import { describe, expect, it } from 'vitest'
import { isEmptyPlan, type Plan } from '@/lib/agent'
import { type BaculaDesired, type BaculaFacts, baculaAgent, baculaDesired } from '.'
import { withoutSecrets } from './probe'

const file = (bytes: string, mode = '0640') =>
  ({ state: 'there', type: 'file', mode, owner: 'root', group: 'bacula', bytes }) as const

const facts: BaculaFacts = {
  programs: ['bacula-dir', 'bconsole'],
  version: '9.6.7',
  init: 'systemd',
  dirConf: file('# Mine\nDirector {\n  Name = a-dir; Password = "geheim" # yes\n}\n'),
  consoleConf: file('Director { Name = a-dir; DIRport = 9101; Address = 127.0.0.1; Password = "geheim" }\n'),
  polluxConf: { state: 'absent' },
}

const password = 'p'.repeat(40)
const console = (present: boolean) => ({ kind: 'console', present, password: present ? password : null }) as const
const host = (of: BaculaFacts = facts) => ({ hostId: 'h1', name: 'willow', facts: of })
const plan = (operation: BaculaDesired['operation'], of: BaculaFacts = facts): Plan =>
  baculaAgent.plan([host(of)], { operation })
const stepsOf = ({ phases }: Plan) => phases.flatMap(({ hosts }) => hosts.flatMap(({ steps }) => steps))
const wordsOf = (made: Plan) =>
  stepsOf(made).flatMap((step) => (step.kind === 'run' ? [step.run.slice(2).join(' | ')] : []))

const run = {
  kind: 'run',
  job: 'BackupA',
  level: 'Full',
  client: 'a-fd',
  fileSet: null,
  tag: 'pollux-abcdefgh1234',
} as const

describe('what is asked of the director', () => {
  it('is shown line by line, and each line is judged', () => {
    const made = plan(run)
    expect(stepsOf(made).map((step) => step.title)).toEqual([
      'Ask the director whether it has BackupA, a-fd',
      'Tell the director: run job="BackupA" level="Full" client="a-fd" comment="pollux-abcdefgh1234" yes',
    ])
    expect(wordsOf(made)[0]).toBe('/etc/bacula/bconsole.conf | .jobs | BackupA | .clients | a-fd')
    expect(made.summary).toContain('Undo cancels it')
  })

  it('goes through the console of Pollux as soon as that is there', () => {
    expect(wordsOf(plan(run, { ...facts, polluxConf: file('Console {}') }))[0]).toContain('bconsole-pollux.conf')
    expect(plan(run, { ...facts, polluxConf: file('Console {}') }).findings).toEqual([])
    expect(plan(run).findings).toHaveLength(1)
  })

  it('is nothing where the director says that it is so already', () => {
    expect(plan({ kind: 'disable', job: 'A', seen: 'disabled' }).nothingToDo).toBe('A is disabled already.')
    expect(isEmptyPlan(plan({ kind: 'cancel', jobId: 3, job: 'A.1', seen: 'gone' }))).toBe(true)
    expect(isEmptyPlan(plan({ kind: 'volume-status', volume: 'V', status: 'Used', seen: 'Used' }))).toBe(true)
    expect(() => plan({ kind: 'label', volume: 'V', pool: 'P', storage: 'S', seen: 'there' })).toThrow('already')
  })

  it('says what cannot be undone', () => {
    const undone = (operation: BaculaDesired['operation']) =>
      stepsOf(plan(operation)).map((step) => JSON.stringify(step.undo))
    expect(undone({ kind: 'prune', volumes: ['V-1'] }).join()).toContain('irreversible')
    expect(undone({ kind: 'cancel', jobId: 3, job: 'A.1', seen: 'running' }).join()).toContain('irreversible')
    expect(undone({ kind: 'enable', job: 'A', seen: 'disabled' }).join()).toContain('disable job')
  })

  it('is refused without bconsole, and on more than one host', () => {
    expect(() => plan(run, { ...facts, programs: [] })).toThrow('bconsole')
    expect(() => baculaAgent.plan([host(), host()], { operation: run })).toThrow('one host')
  })
})

describe('hostile names', () => {
  const bad = [
    'a"; rm -rf /',
    "a'b",
    'a\nquit',
    '@/etc/passwd',
    '.sql',
    'quit',
    '$(id)',
    '`id`',
    'a\u202eb',
    '',
    ' a',
    '*',
  ]
  it.each(bad)('%j is refused', (name) => {
    expect(baculaDesired.safeParse({ operation: { ...run, job: name } }).success).toBe(false)
    expect(baculaDesired.safeParse({ operation: { kind: 'prune', volumes: [name] } }).success).toBe(false)
  })

  it('of patterns stay as they are', () => {
    const made = plan({ kind: 'label', volume: 'A.b', pool: 'P', storage: 'S', seen: 'none' })
    expect(wordsOf(made).join('\n')).toContain('Volume "A\\.b"')
  })
})

describe('the console', () => {
  it('is added behind the last byte, checked before, and proved', () => {
    const made = plan(console(true))
    expect(stepsOf(made).map((step) => step.id)).toEqual(['check', 'console-file', 'director', 'let-in'])
    expect(made.secrets).toEqual([password])
    const written = stepsOf(made).find((step) => step.id === 'director')
    const before = facts.dirConf.state === 'there' ? facts.dirConf.bytes : ''
    expect(written?.kind === 'file' && written.after?.bytes.startsWith(before)).toBe(true)
    expect(JSON.stringify(stepsOf(made).filter((step) => step.kind === 'run'))).not.toContain(password)
    expect(made.checks.map((check) => check.id)).toEqual(['in-director', 'own-file', 'runs'])
  })

  it('is nothing to do the second time, drifts not, and is taken away byte for byte', () => {
    const after = baculaAgent.predict(host(), plan(console(true)))
    expect(plan(console(true), after).nothingToDo).toBe('The console is there already.')
    expect(baculaAgent.drift(host(withoutSecrets(after)), { operation: console(true) }, plan(console(true)))).toEqual(
      [],
    )
    const away = baculaAgent.predict(host(after), plan(console(false), after))
    expect(away).toEqual(facts)
    expect(baculaAgent.drift(host(away), { operation: console(true) }, plan(console(true)))).toHaveLength(2)
  })

  it('keeps no password of any file', () => {
    const kept = JSON.stringify(withoutSecrets(baculaAgent.predict(host(), plan(console(true)))))
    expect(kept).not.toContain('geheim')
    expect(kept).not.toContain(password)
  })

  it('is refused where the file cannot be understood', () => {
    expect(() => plan(console(true), { ...facts, dirConf: file('Director {\n') })).toThrow('braces')
    expect(() => plan(console(true), { ...facts, dirConf: { state: 'absent' } })).toThrow('lies elsewhere')
    expect(() =>
      plan(console(true), { ...facts, consoleConf: file('Director { Name = "a\\"b"; Address = x }') }),
    ).toThrow('where its director is')
  })
})
