import { expect, it } from 'vitest'
import { mysqlAgent } from '.'
import type { InstallDesired } from './desired'
import { loadSaid } from './facts/load-fixtures'
import { hostFacts, plainFile } from './testing/host-facts'

const own = loadSaid('mariadb-10.11')
const wish: InstallDesired = { kind: 'install', dataDir: null, tmpdir: '/c/tmp', network: 'local' }
const nothing = {
  agent: { id: 'mysql', version: 1 },
  ...{ title: '', summary: '', phases: [], checks: [], basis: [], findings: [], guard: null, nothingToDo: null },
}

it('of an installation is not what a tuning of the server set since', () => {
  const variables = { ...own.variables, tmpdir: '/var/tmp', bind_address: '0.0.0.0' }
  const facts = hostFacts({ variables })
  const drift = (files: typeof facts.files) =>
    mysqlAgent
      .drift({ hostId: 'h', name: 'larch', facts: { ...facts, files } }, wish, nothing)
      .map(({ what, seen }) => `${what}: ${seen}`)
  const [tmpdir, address] = ['tmpdir of the server: /var/tmp', 'bind_address of the server: 0.0.0.0']
  expect(drift(facts.files)).toEqual([tmpdir, address])
  const withFile = (name: string, text: string) => ({
    ...facts.files,
    [`/etc/mysql/mariadb.conf.d/${name}`]: plainFile(text),
  })
  expect(drift(withFile('zz-pollux.cnf', '[mysqld]\ntmpdir = /var/tmp\n'))).toEqual([address])
  expect(drift(withFile('zzz-pollux.cnf', '[mysqld]\nloose_bind-address = 0.0.0.0\n'))).toEqual([tmpdir])
  expect(drift(withFile('90-other.cnf', '[mysqld]\ntmpdir = /var/tmp\n'))).toEqual([tmpdir, address])
})
