import { describe, expect, it } from 'vitest'
import type { Plan, RunStep } from '@/lib/agent'
import { type SqlAccountDesired, sqlAccountAgent, sqlAccountDesired } from '.'

const password = 'Only-For-Tests_1'
const common = { database: 'bacula', login: 'pollux', password, seen: 'none' } as const
const mysql: SqlAccountDesired = {
  ...{ ...common, dialect: 'mysql', port: 3306, table: 'Version', client: 'mariadb', admin: 'socket' },
}
const postgresql: SqlAccountDesired = {
  ...{ ...common, dialect: 'postgresql', port: 5432, table: 'version', owner: 'bacula' },
}
const programs = ['mariadb', 'mysql', 'psql', 'runuser']
const plan = (wish: SqlAccountDesired, has = programs): Plan =>
  sqlAccountAgent.plan([{ hostId: 'h1', name: 'willow', facts: { programs: has } }], wish)
// This agent's steps are commands alone.
const stepsOf = ({ phases }: Plan) => phases.flatMap(({ hosts }) => hosts.flatMap(({ steps }) => steps)) as RunStep[]

describe.each([mysql, postgresql])('on $dialect', (wish) => {
  it('asks, makes, and proves both what it may and that it reads', () => {
    expect(stepsOf(plan(wish)).map(({ id }) => id)).toEqual(['none-yet', 'account', 'rights', 'reads'])
    expect(plan(wish)).toMatchObject({ guard: null, secrets: [password], nothingToDo: null })
  })

  it('has its password in no word of any command, and in no title', () => {
    const made = plan(wish)
    const words = stepsOf(made).flatMap(({ run, isUndone, isStanding, undo, title }) => [
      ...[title, ...run, ...(isUndone ?? []), ...(isStanding ?? [])],
      ...('run' in undo ? [...undo.run, undo.input] : []),
    ])
    expect(words.join('\n')).not.toContain(password)
    expect(stepsOf(made).flatMap(({ id, input }) => (input?.includes(password) ? [id] : []))).toEqual([
      ...['account', 'reads'],
    ])
  })

  it('is nothing where the account reads already', () => {
    const made = plan({ ...wish, seen: 'there' })
    expect([made.phases, made.nothingToDo]).toEqual([[], expect.stringContaining('is there, and reads bacula')])
  })

  it('is refused where the host has no client of it', () => {
    expect(() => plan(wish, [])).toThrow(/has no (mariadb|psql), which/)
  })

  it.each([
    ['login', "x'; DROP"],
    ['login', 'pol lux'],
    ['login', '-e'],
    ['database', 'b`a'],
    ['database', '$undo$'],
    ['table', 'a"b'],
    ['password', 'short'],
    ['password', 'with a space and more'],
    ['password', 'line\nbreak-and-more'],
    ['password', 'p\u00e4ssword-of-all'],
  ])('takes no %s like %j', (field, value) => {
    expect(sqlAccountDesired.safeParse({ ...wish, [field]: value }).success).toBe(false)
  })
})

it('quotes what a password may hold', () => {
  const odd = `'"\\\\;-- $undo$ \`#%_`.replaceAll(' ', '')
  const [, made, , reads] = stepsOf(plan({ ...mysql, password: odd }))
  expect(made?.input).toContain(`IDENTIFIED BY '${odd.replaceAll('\\', '\\\\').replaceAll("'", "''")}';`)
  expect(reads?.input).toContain(`password="${odd.replaceAll(/[\\"]/g, '\\$&')}"`)
})
