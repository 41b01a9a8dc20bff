import { addHost } from '@/lib/inventory/add-host'
import { confirmHostKey } from '@/lib/inventory/confirm-host-key'
import { createCredential } from '@/lib/inventory/create-credential'
import { scanHostKey } from '@/lib/inventory/scan-host-key'
import { someone } from '@/lib/inventory/testing'

/** Puts a host into the inventory of the test's store, its key confirmed; root enters it. Gives its id. */
export async function addTestHost(host: {
  name: string
  address: string
  port: number
  privateKey: string
}): Promise<string> {
  const admin = someone('admin')
  const { name, address, port, privateKey } = host
  const credential = await createCredential(admin, { kind: 'paste', name: `key of ${name}`, privateKey })
  const { hostId } = await addHost(admin, {
    address,
    port,
    login: 'root',
    credentialId: credential.id,
    privilege: 'root',
    jumpHostId: null,
    sshProfile: 'modern',
    name,
    kind: 'server',
    hypervisorId: null,
    tags: [],
    notes: '',
  })
  const { offered } = await scanHostKey(admin, { hostId })
  await confirmHostKey(admin, { hostId, fingerprints: offered.map((key) => key.fingerprint) })
  return hostId
}
