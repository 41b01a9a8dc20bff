import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tamper } from '@/lib/audit/testing'
import type { Ctx } from '@/lib/auth/actor'
import { issueFirstAdminLink } from '@/lib/auth/one-time-link'
import { makeSignedIn } from '@/lib/auth/test-session'
import { openTestStore, type TestStore, withTestStore } from '@/lib/db/test-store'
import { createFirstAdmin, resetPassword } from '@/lib/users/sign-up'
import { makeUser } from '@/prisma/factories'
import { hold } from './start/hold.mjs'
import { startPollux } from './start/test-start'

// The commands as a person runs them, each in a process of its own.
const patience = 120_000
const nobody: Ctx = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }
const password = 'correct horse battery staple'

async function run(dataDir: string, script: string, words: string[] = [], how = '--run') {
  const command = startPollux({ POLLUX_DATA: dataDir, PORT: '3999' }, [how, `scripts/${script}.ts`, ...words])
  const code = await command.ended
  expect(command.output()).not.toMatch(/\n\s+at /)
  return { code, output: command.output() }
}

function tokenIn(output: string, page: string): string {
  return new RegExp(`/${page}#([\\w-]{43})$`, 'm').exec(output)?.[1] ?? ''
}

describe('without a store yet', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'pollux-command-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('link makes the store and prints a link at HOST and PORT', { timeout: patience }, async () => {
    const { code, output } = await run(dir, 'link')
    expect(code).toBe(0)
    expect(output).toMatch(/http:\/\/127\.0\.0\.1:3999\/welcome#[\w-]{43}$/m)
  })
})

describe('alone on the data', () => {
  const test = withTestStore()

  it('rotate-key makes a new key, and backup and restore take it from there', { timeout: patience }, async () => {
    const { dir } = test.current()
    expect((await run(dir, 'link')).code).toBe(0)
    const key = readFileSync(join(dir, 'sealing.key'), 'utf8')
    const rotated = await run(dir, 'rotate-key', [], '--alone')
    expect([rotated.code, rotated.output]).toEqual([
      0,
      expect.stringMatching(/^1 sealed values? .*anew\. The new key is/m),
    ])
    expect(readFileSync(join(dir, 'sealing.key'), 'utf8')).not.toBe(key)
    const made = await run(dir, 'backup', [], '--beside')
    expect([made.code, made.output]).toEqual([0, expect.stringMatching(/^The store is in \S+, read back and whole/)])
    const folder = /is in (\S+),/.exec(made.output)?.[1] ?? ''
    const wrong = join(dir, 'old.key')
    writeFileSync(wrong, key)
    const refused = await run(dir, 'restore', ['--from', folder, '--key', wrong, '--replace'], '--alone')
    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringMatching(/^This sealing key does not belong to the backup/),
    ])
    const over = await run(dir, 'restore', ['--from', folder], '--alone')
    expect([over.code, over.output]).toEqual([1, expect.stringMatching(/holds data already.*--replace/)])
    const restored = await run(dir, 'restore', ['--from', folder, '--replace'], '--alone')
    expect([restored.code, restored.output]).toEqual([
      0,
      expect.stringMatching(/^The store that was here before lies in/),
    ])
    const unknown = await run(dir, 'restore', ['--form', folder], '--alone')
    expect([unknown.code, unknown.output]).toEqual([1, expect.stringMatching(/Usage: npm run restore/)])
  })
})

describe('beside a Pollux that holds the data', () => {
  let store: TestStore
  let held: { release(): void } | null
  beforeEach(async () => {
    store = await openTestStore()
    held = await hold(join(store.dir, 'running.lock'), 'alone')
    writeFileSync(
      join(store.dir, 'running.json'),
      JSON.stringify({ pid: process.pid, born: null, url: 'http://127.0.0.1:4001' }),
    )
  })
  afterEach(async () => {
    held?.release()
    await store.close()
  })

  it('link prints a new link at its address, which is good here and ends the one before', {
    timeout: patience,
  }, async () => {
    const before = await issueFirstAdminLink()
    const { code, output } = await run(store.dir, 'link')
    expect([code, output]).toEqual([0, expect.stringContaining('http://127.0.0.1:4001/welcome#')])
    const admin = { name: 'Ada', email: 'ada@example.org', password }
    await expect(createFirstAdmin(nobody, { ...admin, token: before?.token ?? '' })).rejects.toThrow()
    await createFirstAdmin(nobody, { ...admin, token: tokenIn(output, 'welcome') })
    expect(await store.db.auditRow.count({ where: { verb: 'make first-admin link', actor: 'command line' } })).toBe(1)

    expect(readFileSync(join(store.dir, 'running.json'), 'utf8')).toContain('4001')
    const again = await run(store.dir, 'link')
    expect([again.code, again.output]).toEqual([1, expect.stringMatching(/^There are users already.*reset-user/)])
    expect(again.output).not.toContain('#')
  })

  it('reset-user ends the sessions and prints a link that sets a password', { timeout: patience }, async () => {
    const { user } = await makeSignedIn(store.db, { email: 'bob@example.org' })
    const { code, output } = await run(store.dir, 'reset-user', ['Bob@example.org'])
    expect([code, await store.db.session.count()]).toEqual([0, 0])
    expect(output).toContain('http://127.0.0.1:4001/reset#')
    const row = await store.db.auditRow.findFirst({ where: { verb: 'make reset link' } })
    expect(row).toMatchObject({ actor: 'command line', objectId: user.id })
    await resetPassword(nobody, { token: tokenIn(output, 'reset'), password })
  })

  it('reset-user says what is wrong', { timeout: patience }, async () => {
    await makeUser(store.db)
    const unknown = await run(store.dir, 'reset-user', ['eve@example.org'])
    expect([unknown.code, unknown.output]).toEqual([1, expect.stringMatching(/eve@example\.org\. 1 address is known/)])
    const none = await run(store.dir, 'reset-user')
    expect([none.code, none.output]).toEqual([1, expect.stringContaining('npm run reset-user -- EMAIL')])
    const strange = await run(store.dir, 'reset-user', ['not an address'])
    expect([strange.code, strange.output]).toEqual([1, expect.stringContaining('not an e-mail address')])
    expect(await store.db.oneTimeLink.count()).toBe(0)
  })

  it('backup works, rotate-key and restore refuse and touch nothing', { timeout: patience }, async () => {
    const key = readFileSync(join(store.dir, 'sealing.key'), 'utf8')
    const made = await run(store.dir, 'backup', [], '--beside')
    expect([made.code, made.output]).toEqual([0, expect.stringContaining('read back and whole')])
    for (const [script, ...words] of [['rotate-key'], ['restore', '--from', join(store.dir, 'backups'), '--replace']]) {
      const refused = await run(store.dir, script ?? '', words, '--alone')
      expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(/^Pollux already runs on /)])
    }
    expect(readFileSync(join(store.dir, 'sealing.key'), 'utf8')).toBe(key)
    const unasked = await run(store.dir, 'backup', ['--key', join(store.dir, 'k')], '--beside')
    expect([unasked.code, unasked.output]).toEqual([1, expect.stringMatching(/no terminal to ask.*--passphrase-file/)])
    writeFileSync(join(store.dir, 'word'), 'password1234\n')
    const weak = ['--key', join(store.dir, 'k'), '--passphrase-file', join(store.dir, 'word')]
    expect((await run(store.dir, 'backup', weak, '--beside')).output).toMatch(/passphrase is among the first/)
  })

  it('audit-verify says that all fits, and where it does not', { timeout: patience }, async () => {
    await issueFirstAdminLink()
    await issueFirstAdminLink()
    const good = await run(store.dir, 'audit-verify')
    expect([good.code, good.output]).toEqual([
      0,
      expect.stringMatching(/^All 2 rows fit\. The newest is 2:[0-9a-f]{64}$/m),
    ])
    const noted = /2:[0-9a-f]{64}/.exec(good.output)?.[0] ?? ''
    expect((await run(store.dir, 'audit-verify', [noted])).output).toMatch(/^The noted row stands as it was noted\.$/m)
    const log = join(store.dir, 'log')
    writeFileSync(log, `{"level":30,"auditHead":"${noted}","msg":"head of the audit chain"}\n`)
    await tamper(store.db, (db) => db.auditRow.delete({ where: { id: 2 } }))
    const cut = await run(store.dir, 'audit-verify', [noted])
    expect([cut.code, cut.output]).toEqual([1, expect.stringMatching(/^Row 2 is not there as it was noted/m)])
    const fromLog = await run(store.dir, 'audit-verify', ['--log', log])
    expect([fromLog.code, fromLog.output]).toEqual([1, expect.stringMatching(/^Row 2 is not there as it was noted/m)])
    await tamper(store.db, (db) => db.auditRow.update({ where: { id: 1 }, data: { label: 'x' } }))
    const bad = await run(store.dir, 'audit-verify')
    expect([bad.code, bad.output]).toEqual([1, expect.stringMatching(/^Row 1 .* does not fit/m)])
    for (const [words, told] of [
      [['14'], /^Expected a row as audit-verify prints it/m],
      [['--log', join(store.dir, 'none')], /can't be read/],
      [['--log', join(store.dir, 'running.json')], /found none/],
    ] as const) {
      const refused = await run(store.dir, 'audit-verify', [...words])
      expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(told)])
    }
  })
})
