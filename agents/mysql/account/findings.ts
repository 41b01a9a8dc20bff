import type { Finding } from '@/lib/agent'
import { supportOf } from '../variables'
import type { AccountDesired } from './desired'
import { labelOf } from './grant'
import { ACCOUNT, LOGIN } from './name'
import { rightsFor } from './rights'
import type { AccountSituation } from './situation'

type Words = Pick<Finding, 'level' | 'title' | 'detail'>

/** What a person should know before approving it. */
export function accountFindings(of: AccountSituation, wish: AccountDesired): Finding[] {
  const all = [...rightsWords(of, wish), ...doorWords(of, wish), ...supportWords(of)]
  return all.map((finding) => ({ ...finding, hostId: of.hostId }))
}

function rightsWords({ version, hostName }: AccountSituation, { may }: AccountDesired): Words[] {
  if (may === 'nothing') return []
  const rows = rightsFor(version, may)
  const told = rows.map(
    ({ grants, why }) => `${grants.map((one) => labelOf({ ...one, isGrantable: false })).join(', ')}: ${why}`,
  )
  const isMighty = rows.some(({ grants }) => grants.some(({ right }) => right === 'SUPER'))
  return [
    { level: 'info', title: `What ${LOGIN} may do on ${hostName}, and why`, detail: told.join(' ') },
    ...(isMighty
      ? [
          {
            level: 'warn' as const,
            title: `SUPER is more than setting variables`,
            detail: `MariaDB has no finer right for most of them. Whoever is root of ${hostName} and reads the password could use it; nobody else can.`,
          },
        ]
      : []),
  ]
}

function doorWords({ server: { said }, hostName }: AccountSituation, { admin, may }: AccountDesired): Words[] {
  const byRoot = said.state === 'read' && !said.value.accountFile
  if (byRoot && may !== 'nothing')
    return [
      {
        level: 'info',
        title: `The server lets root of ${hostName} in without a password`,
        detail: `Pollux goes on asking as root. It asks as ${ACCOUNT} only where root is refused.`,
      },
    ]
  if (admin === null)
    return [
      {
        level: 'info',
        title: 'No administrator was typed',
        detail: `Tried are root of the socket, /root/.my.cnf, and /etc/mysql/debian.cnf. Where none of them is let in, nothing is changed.`,
      },
    ]
  return [
    {
      level: 'info',
      title: 'The administrator’s password is forgotten when the change has ended',
      detail: `Taking the account back later takes an administrator again: root of the socket, /root/.my.cnf, or one that is typed under "Take it away".`,
    },
  ]
}

function supportWords({ version, hostName }: AccountSituation): Words[] {
  const support = supportOf(version)
  if (support === 'live-tested') return []
  return [
    {
      level: 'warn',
      title: `${version.text} on ${hostName}: ${support}`,
      detail: 'The rights were taken from the manuals, and were not tried on a running server of this version.',
    },
  ]
}
