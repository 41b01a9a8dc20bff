import type { HostCheck } from '@/lib/agent'
import type { InstallDesired } from '../desired'
import { questionOf } from '../server/root-client'
import type { Offer } from './offer'
import { bindAddress } from './option-text'
import { PACKAGE_DATA } from './places'
import { clientOf } from './steps'

type Proof = Pick<HostCheck, 'id' | 'title' | 'read' | 'expect'>

/** What the server, the kernel and systemd say once it runs. All must be so. */
export function checksOf(hostId: string, offer: Offer, wish: InstallDesired): HostCheck[] {
  const proofs = [...serverProofs(offer, wish), ...accountProofs(offer), ...hostProofs(offer, wish)]
  return proofs.map((proof): HostCheck => ({ ...proof, hostId, weight: 'must', timeoutS: 20 }))
}

function serverProofs(offer: Offer, { dataDir, tmpdir, network }: InstallDesired): Proof[] {
  const is = (name: string, value: string, title: string): Proof => ({
    id: `is-${name.replaceAll('_', '-')}`,
    title,
    read: { command: questionOf(clientOf(offer), `SHOW GLOBAL VARIABLES WHERE Variable_name = '${name}'`) },
    expect: { name, value },
  })
  const address = bindAddress(network, offer)
  const data = dataDir ?? PACKAGE_DATA
  const numbers = offer.version.numbers.join('.')
  return [
    {
      id: 'answers',
      title: `It answers root on its socket, as ${numbers}`,
      read: { command: questionOf(clientOf(offer), 'SELECT VERSION()') },
      expect: { includes: numbers },
    },
    is('datadir', `${data}/`, `Its data lie in ${data}`),
    ...(tmpdir ? [is('tmpdir', tmpdir, `Its temporary files lie in ${tmpdir}`)] : []),
    // Before MySQL 5.5.30 and MariaDB 5.5.24 there is no such variable; the kernel's word below is about the same.
    ...(offer.version.numbers[0] > 5 ? [is('bind_address', address, `Its address is ${address}`)] : []),
  ]
}

function accountProofs(offer: Offer): Proof[] {
  const none = (id: string, title: string, question: string): Proof => ({
    id,
    title,
    read: { command: questionOf(clientOf(offer), question) },
    expect: { equals: '0' },
  })
  return [
    // MariaDB lists roles in the same table, with an empty host.
    none(
      'no-anonymous',
      'Nobody may log in without a name',
      "SELECT COUNT(*) FROM mysql.user WHERE User = '' AND Host <> ''",
    ),
    none(
      'no-test',
      'There is no database test',
      "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'test'",
    ),
    none(
      'root-stays-home',
      'root may not log in over the network',
      "SELECT COUNT(*) FROM mysql.user WHERE User = 'root' AND Host NOT IN ('localhost', '127.0.0.1', '::1')",
    ),
  ]
}

function hostProofs({ unit }: Offer, { dataDir, network }: InstallDesired): Proof[] {
  return [
    {
      id: 'listens',
      title: network === 'local' ? 'It listens on 127.0.0.1 and nowhere else' : 'It listens on every address',
      read: { command: ['ss', '-ltnH', 'sport', '=', ':3306'] },
      expect:
        network === 'local' ? { lines: ':3306', include: ' 127.0.0.1:3306 ' } : { lines: ':3306', include: 'LISTEN' },
    },
    ...(network === 'local'
      ? []
      : [
          {
            id: 'listens-beyond',
            title: 'It listens beyond 127.0.0.1',
            read: { command: ['ss', '-ltnH', 'sport', '=', ':3306'] },
            expect: { excludes: ' 127.0.0.1:3306 ' },
          } satisfies Proof,
        ]),
    ...(dataDir
      ? [
          {
            id: 'data-alone',
            title: `${dataDir} is the server's alone`,
            read: { command: ['stat', '-c', '%F %U %G %a', dataDir] },
            expect: { equals: 'directory mysql mysql 700' },
          } satisfies Proof,
        ]
      : []),
    {
      id: 'starts-at-boot',
      title: `${unit} starts at boot`,
      read: { command: ['systemctl', 'is-enabled', unit] },
      expect: { equals: 'enabled' },
    },
  ]
}
