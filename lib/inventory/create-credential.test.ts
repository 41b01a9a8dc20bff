import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { generateKeyPair } from '@/lib/ssh'
import { makeCredential, makeHost } from '@/prisma/factories'
import { createCredential } from './create-credential'
import { openCredential } from './credential-secret'
import { listCredentials } from './list-credentials'
import { removeCredential } from './remove-credential'
import { renameCredential } from './rename-credential'
import { lastAudit, refusalOf, someone } from './testing'

const test = withTestStore()

async function secretOf(id: string) {
  const { sealed } = await test.current().db.credential.findUniqueOrThrow({ where: { id } })
  return openCredential(id, sealed)
}

describe('createCredential', () => {
  it.each([
    ['ed25519', 'ssh-ed25519'],
    ['rsa-3072', 'ssh-rsa'],
  ] as const)('makes an %s key pair whose private half stays sealed', async (algorithm, type) => {
    const { db } = test.current()
    const made = await createCredential(someone('admin'), { kind: 'generate', name: 'Büro key', algorithm })
    expect(made.publicLine).toMatch(new RegExp(`^${type} [A-Za-z0-9+/]+=* pollux-B-ro-key$`))
    expect(made.installCommand).toContain(made.publicLine)
    const row = await db.credential.findUniqueOrThrow({ where: { id: made.id } })
    expect(row).toMatchObject({ kind: 'key', algorithm: type, publicLine: made.publicLine })
    expect(Buffer.from(row.sealed).includes('PRIVATE KEY')).toBe(false)
    expect(await secretOf(made.id)).toMatchObject({ privateKey: expect.stringContaining('PRIVATE KEY') })
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'create credential', objectId: made.id, label: 'Büro key' })
    expect(audit.detail).not.toContain('PRIVATE')
  })

  it('takes a pasted key over and finds its public half', async () => {
    const pair = await generateKeyPair('ed25519', 'mine')
    const made = await createCredential(someone('admin'), {
      kind: 'paste',
      name: 'mine',
      privateKey: `\n${pair.privateKey}\n`,
    })
    expect(made.publicLine).toBe(pair.publicLine)
    expect(await secretOf(made.id)).toEqual({ privateKey: pair.privateKey })
  })

  it('seals a password and keeps it out of answer and record', async () => {
    const { db } = test.current()
    const made = await createCredential(someone('admin'), { kind: 'password', name: 'nas', password: ' open sesame ' })
    expect(await secretOf(made.id)).toEqual({ password: ' open sesame ' })
    expect(JSON.stringify(made) + (await lastAudit(db)).detail).not.toContain('sesame')
  })

  it('says at the field what is wrong with a pasted key', async () => {
    const { publicLine } = await generateKeyPair('ed25519', 'x')
    const refusal = await refusalOf(
      createCredential(someone('admin'), { kind: 'paste', name: 'x', privateKey: publicLine }),
    )
    expect(refusal).toMatchObject({ code: 'invalid', fields: { privateKey: expect.stringContaining('public half') } })
  })

  it('refuses a name that is taken, and anyone but an admin', async () => {
    const { db } = test.current()
    await makeCredential(db, { name: 'NAS' })
    const input = { kind: 'password' as const, name: 'nas', password: 'x' }
    expect((await refusalOf(createCredential(someone('admin'), input))).fields).toHaveProperty('name')
    expect(await refusalOf(createCredential(someone('operator'), input))).toMatchObject({ code: 'forbidden' })
    expect(await db.credential.count()).toBe(1)
  })
})

describe('renameCredential', () => {
  it('renames, records the old name, and is the admin’s', async () => {
    const { db } = test.current()
    const credential = await makeCredential(db, { name: 'old' })
    const input = { credentialId: credential.id, name: 'new' }
    expect(await refusalOf(renameCredential(someone('operator'), input))).toMatchObject({ code: 'forbidden' })
    await renameCredential(someone('admin'), input)
    expect(await lastAudit(db)).toMatchObject({ verb: 'rename credential', label: 'new', detail: '{"before":"old"}' })
  })
})

describe('removeCredential', () => {
  it('removes what no host uses and records it', async () => {
    const { db } = test.current()
    const credential = await makeCredential(db, { name: 'old' })
    expect(await refusalOf(removeCredential(someone('operator'), { credentialId: credential.id }))).toMatchObject({
      code: 'forbidden',
    })
    await removeCredential(someone('admin'), { credentialId: credential.id })
    expect(await db.credential.count()).toBe(0)
    expect(await lastAudit(db)).toMatchObject({ verb: 'remove credential', label: 'old' })
  })

  it('refuses while hosts log in with it, and names them', async () => {
    const { db } = test.current()
    const credential = await makeCredential(db, { name: 'root key' })
    for (const name of ['umber', 'sienna']) await makeHost(db, { name, credentialId: credential.id })
    const refusal = await refusalOf(removeCredential(someone('admin'), { credentialId: credential.id }))
    expect(refusal).toMatchObject({
      code: 'conflict',
      userMessage: 'root key is in use: sienna and umber would lose the login. Give them another credential first.',
    })
  })
})

it('lists credentials without what they keep, to admins only', async () => {
  const { db } = test.current()
  const credential = await makeCredential(db, { name: 'nas', password: 'open sesame' })
  await makeHost(db, { name: 'umber', credentialId: credential.id })
  const rows = await listCredentials(someone('admin'))
  expect(rows).toMatchObject([{ name: 'nas', kind: 'password', hosts: [{ name: 'umber' }] }])
  expect(rows[0]).not.toHaveProperty('sealed')
  expect(await refusalOf(listCredentials(someone('operator')))).toMatchObject({ code: 'forbidden' })
})
