import { readFileSync } from 'node:fs'
import type { Tx } from '@/lib/db'
import { seal } from '@/lib/secrets/seal'
import { makeCredential, makeHost } from '@/prisma/factories'
import type { LabHost } from './lab/lab'

/** Puts a running host of the lab into the inventory, its key pinned, entered as one of its users by the lab's key. */
export async function makeLabHost(tx: Tx, lab: LabHost, login = 'root') {
  const user = lab.users.find((each) => each.name === login)
  if (!user) throw new Error(`expected a user ${login} on ${lab.name}`)
  const file = lab.name === 'legacy' || lab.kind === 'busybox' ? lab.keys.rsa : lab.keys.ed25519
  const credential = await makeCredential(tx, { privateKey: readFileSync(file, 'utf8') })
  const privilege = user.privilege === 'root' ? 'root' : user.privilege === 'none' ? 'none' : 'sudo'
  const host = await makeHost(tx, {
    name: login === 'root' ? lab.name : `${lab.name}-${login}`,
    address: lab.address,
    port: lab.port,
    login,
    privilege,
    sshProfile: lab.name === 'legacy' ? 'legacy' : 'modern',
    credentialId: credential.id,
  })
  if (user.privilege === 'sudo-password') {
    const sealedSudo = seal(user.password, { table: 'host', row: host.id, field: 'sealedSudo' })
    await tx.host.update({ where: { id: host.id }, data: { sealedSudo } })
  }
  for (const { line, fingerprint } of lab.hostKeys) {
    const [algorithm = '', key = ''] = line.split(' ')
    await tx.hostKey.create({ data: { hostId: host.id, algorithm, key, fingerprint, state: 'pinned' } })
  }
  return host
}
