import type { Page } from './row'

function page(mysql: string, mariadb = mysql): Page {
  return { mysql: `MySQL Reference Manual, ${mysql}`, mariadb: `MariaDB manual, ${mariadb}` }
}

/** The pages of both manuals that the rows come from. */
export const pages = {
  server: page('Server System Variables'),
  innodb: page('InnoDB Startup Options and System Variables', 'InnoDB System Variables'),
  binlog: page('Binary Logging Options and Variables', 'Replication and Binary Log System Variables'),
  aria: page('Server System Variables', 'Aria System Variables'),
  myisam: page('Server System Variables', 'MyISAM System Variables'),
  performance: page('Performance Schema System Variables'),
  pool: page('Server System Variables', 'Thread Pool System Variables'),
}
