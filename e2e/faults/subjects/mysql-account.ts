import type { AccountDesired } from '@/agents/mysql'
import type { Subject } from '../subjects'

const file = '/var/lib/pollux/mysql/run-mysqld-mysqld.sock.cnf'

// A cell may have left the server stopped.
const drop = `systemctl is-active -q mariadb || systemctl start mariadb || exit 1
mariadb -e "DROP USER IF EXISTS 'pollux'@'localhost'" || exit 1
rm -rf /var/lib/pollux/mysql
`

/** A row of the server and a file that its commands write: both or neither, whatever comes between. */
export const mysqlAccountSubject: Subject = {
  id: 'mysql-account',
  agentId: 'mysql',
  hosts: [['larch']],
  makes: [file],
  tells: {
    script: `mariadb -N -B -e "SELECT 'account', 'is there' FROM mysql.user WHERE User = 'pollux'
UNION ALL SELECT CONCAT('right ', PRIVILEGE_TYPE), 'given' FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = '''pollux''@''localhost'''" || exit 1`,
    applied: {
      account: 'is there',
      'right PROCESS': 'given',
      'right SHOW VIEW': 'given',
      'right SLAVE MONITOR': 'given',
    },
  },
  reset: drop,
  leave: drop,
  desired: (): AccountDesired => ({ kind: 'account', server: '/var/lib/mysql', may: 'read', admin: null }),
}
