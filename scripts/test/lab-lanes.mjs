/**
 * Lab tests mostly wait for hosts, so they run in lanes at once: each lane is a row of test files, one after another, and no
 * host is in two lanes. What uses all hosts runs when the lanes have ended.
 */
export const labLanes = [
  {
    name: 'engine',
    paths: [
      'lib/catalog/find/',
      'lib/changes/',
      'lib/inventory/',
      'lib/ssh/ssh.lab',
      'agents/ipsec/firewall/',
      'agents/scheduler/',
    ],
  },
  {
    name: 'services',
    paths: ['agents/failover-ip/', 'agents/postfix/', 'lib/ssh/dial.lab', 'lib/vantage/'],
  },
  {
    name: 'backups',
    paths: [
      'agents/bacula/',
      'agents/mysql/install.lab',
      'agents/sql-account/',
      ...['jobs', 'keep', 'overview', 'pools', 'rules', 'store', 'volumes'].map((part) => `lib/catalog/${part}/`),
      'lib/director/',
      'lib/sql/',
    ],
  },
  {
    name: 'mesh',
    paths: [...['mesh', 'mixed', 'six'].map((part) => `agents/ipsec/${part}.lab`), 'e2e/faults/mesh-faults.lab'],
  },
  {
    name: 'MySQL',
    paths: ['account/', 'convert.lab', 'server/', 'tune.lab'].map((part) => `agents/mysql/${part}`),
  },
]

export const afterwards = { name: 'all hosts', paths: ['e2e/faults/faults.lab', 'e2e/lab/', 'lib/facts/'] }

/** The lanes in which a lab test's file runs: exactly one, or the file is forgotten or runs twice. */
export function lanesOf(file) {
  return [...labLanes, afterwards].filter(({ paths }) => paths.some((path) => file.startsWith(path)))
}
