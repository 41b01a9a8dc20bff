import type { TuneDesired } from '@/agents/mysql'
import type { Subject } from '../subjects'

const file = '/etc/mysql/mariadb.conf.d/zz-pollux.cnf'

// A cell may have left the server stopped, or hanging.
const reset = `if [ -e ${file} ]; then rm ${file}; systemctl restart mariadb || exit 1; fi
systemctl is-active -q mariadb || systemctl restart mariadb || exit 1
`

/** A restart with values that only a restart brings: the file and the running server must always agree in the end. */
export const mysqlSubject: Subject = {
  id: 'mysql',
  agentId: 'mysql',
  hosts: [['larch'], ['juniper']],
  makes: [],
  tells: {
    script: `mariadb -N -B -e "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_buffer_pool_size', 'aria_pagecache_buffer_size', 'max_connections')" || exit 1`,
    applied: { innodb_buffer_pool_size: '33554432', aria_pagecache_buffer_size: '2097152', max_connections: '20' },
  },
  reset,
  leave: reset,
  desired: (): TuneDesired => ({
    kind: 'tune',
    server: '/var/lib/mysql',
    aim: { purpose: 'shared', load: 'general', budgetBytes: 256 * 2 ** 20 },
    values: { innodb_buffer_pool_size: '32M', aria_pagecache_buffer_size: '2M', max_connections: '20' },
    loose: [],
    restart: true,
    makeTmpdir: false,
  }),
}
