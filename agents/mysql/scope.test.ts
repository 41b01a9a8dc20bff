import { describe, expect, it } from 'vitest'
import { mysqlAgent } from '.'
import type { AccountDesired } from './account/desired'
import type { ConvertDesired } from './convert/desired'
import type { InstallDesired, TuneDesired } from './desired'
import { scopeOf } from './scope'

const tune = (server: string, more: Partial<TuneDesired> = {}): TuneDesired => ({
  kind: 'tune',
  server,
  aim: { purpose: 'shared', load: 'general', budgetBytes: 2 ** 28 },
  values: {},
  loose: [],
  restart: false,
  makeTmpdir: false,
  ...more,
})
const convert = (server: string, ...tables: ConvertDesired['tables']): ConvertDesired => ({
  kind: 'convert',
  server,
  tables,
})
const install = (dataDir: string | null): InstallDesired => ({
  kind: 'install',
  dataDir,
  tmpdir: null,
  network: 'local',
})
const account = (server: string): AccountDesired => ({ kind: 'account', server, may: 'read', admin: null })
const table = (schema: string, name: string) => ({ schema, name })
const [a, b] = [table('shop', 'a'), table('shop', 'b')]

describe('the scope of a wish', () => {
  it('is the same for the same thing, whatever is wished of it', () => {
    expect(scopeOf(tune('/a', { values: { max_connections: '20' }, restart: true }))).toBe(scopeOf(tune('/a')))
    expect(scopeOf(convert('/a', a, b))).toBe(scopeOf(convert('/a', b, a)))
    expect(scopeOf(install('/c/mysql'))).toBe(scopeOf(install(null)))
  })

  it('is another for each server, each choice of tables and each kind of work', () => {
    const scopes = [
      tune('/a'),
      tune('/b'),
      convert('/a', a),
      convert('/a', b),
      convert('/a', a, b),
      convert('/b', a),
      // Names that read alike where they are put side by side.
      convert('/a', table('shop', 'a` `b')),
      convert('/a', table('shop`.`a', 'b')),
      convert('/a', table('shop', 'a`.`b')),
      install(null),
      account('/a'),
      account('/b'),
    ].map(scopeOf)
    expect(new Set(scopes).size).toBe(scopes.length)
  })

  it('is told to those who look for what stands', () => {
    expect(mysqlAgent.scopeOf?.(tune('/a'))).toBe('tune /a')
  })
})
