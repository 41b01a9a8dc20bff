import type { SqlAccountDesired } from '@/agents/sql-account'
import type { Subject } from '../subjects'

const login = 'pollux_faults'

// A cell may have left the server stopped, or without a word for a moment.
const drop = `systemctl is-active -q mariadb || systemctl start mariadb || exit 1
mariadb -e "DROP USER IF EXISTS '${login}'@'localhost', '${login}'@'127.0.0.1'" || exit 1
`

/** Rows of the database server are all that it makes: no file tells of them. */
export const sqlAccountSubject: Subject = {
  id: 'sql-account',
  agentId: 'sql-account',
  hosts: [['willow']],
  makes: [],
  tells: {
    script: `mariadb -N -r -B -e "SELECT CONCAT('account ', Host, CHAR(9), 'is there') FROM mysql.user WHERE User = '${login}'
UNION ALL SELECT CONCAT('right ', Host, ' ', Db, CHAR(9), Select_priv, Insert_priv) FROM mysql.db WHERE User = '${login}'" || exit 1`,
    applied: {
      'account localhost': 'is there',
      'account 127.0.0.1': 'is there',
      'right localhost bacula': 'YN',
      'right 127.0.0.1 bacula': 'YN',
    },
  },
  reset: drop,
  leave: drop,
  desired: (): SqlAccountDesired => ({
    ...{ dialect: 'mysql', client: 'mariadb', admin: 'socket', port: 3306, database: 'bacula', table: 'Version' },
    ...{ login, password: 'only-for-the-matrix-0123456789', seen: 'none' },
  }),
}
