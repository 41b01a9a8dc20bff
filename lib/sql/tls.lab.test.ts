import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, vi } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { sshPool } from '@/lib/ssh'
import { failureOf } from '@/lib/ssh/testing/failure-of'
import { onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { type SqlTls, sql, withReader } from '.'
import { keptConnections } from './kept-connections'
import { forward } from './testing/forward'
import type { ServerPlace } from './types'

afterAll(async () => {
  await keptConnections().close()
  await sshPool().close()
})

const dir = '/var/lib/tls-catalog'

/**
 * Two authorities, and certificates of the first: "right" for the address that the tests connect to, "wrong" for the name
 * alone that a driver may take instead, "old" for the address and over.
 */
const certificates = `set -e; rm -rf ${dir}; mkdir -p ${dir}; cd ${dir}
for ca in ca other; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $ca.key -out $ca.pem -days 30 -subj /CN=$ca 2>/dev/null
done
make() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.csr -subj /CN=$1 2>/dev/null
  printf 'subjectAltName=%s\n' $2 > $1.ext
  openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days $3 -extfile $1.ext -out $1.pem 2>/dev/null
}
make right IP:127.0.0.1 30; make wrong DNS:localhost 30; make old IP:127.0.0.1 -1
chmod 644 *.pem; chmod 600 *.key`

async function onHost(name: string, script: string): Promise<string> {
  const ran = await hostExec(name, ['sh', '-c', script], { seconds: 120 })
  if (ran.code !== 0) throw new Error(`expected ${script.slice(0, 80)} to end well, got ${ran.stderr}`)
  return ran.stdout
}

type Shown = 'right' | 'wrong' | 'old'

interface Server {
  dialect: ServerPlace['dialect']
  port: number
  /** Makes it show this certificate, or offer no encryption. */
  show(certificate: Shown | null): Promise<{ port: number }>
  isEncrypted: ReturnType<typeof sql>
}

/** A MariaDB of its own, as the one with the catalog goes on without TLS: it is the one that offers none. */
async function mariadb(name: string): Promise<Server> {
  const port = 3316
  const client = `mariadb --no-defaults --socket=${dir}/data/sock -u root`
  onTestFinished(async () => {
    await onHost(name, `systemctl stop tls-catalog 2>/dev/null; rm -rf ${dir}`)
  })
  await onHost(
    name,
    `set -e; cd ${dir}; cp right.pem shown.pem; cp right.key shown.key; chown -R mysql ${dir}
    mariadb-install-db --no-defaults --user=mysql --datadir=${dir}/data --auth-root-authentication-method=normal >/dev/null
    systemd-run --quiet --collect --unit=tls-catalog mariadbd --no-defaults --user=mysql --datadir=${dir}/data \
      --socket=${dir}/data/sock --bind-address=127.0.0.1 --port=${port} --ssl-cert=${dir}/shown.pem --ssl-key=${dir}/shown.key
    timeout 60 sh -c 'until ${client} -e "SELECT 1" >/dev/null 2>&1; do sleep 0.2; done'
    ${client} -e "CREATE DATABASE bacula; CREATE USER bacula@localhost IDENTIFIED BY 'lab-catalog'; GRANT SELECT ON bacula.* TO bacula@localhost"`,
  )
  return {
    dialect: 'mysql',
    port,
    isEncrypted: sql`SELECT VARIABLE_VALUE <> '' AS yes FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_cipher'`,
    async show(certificate) {
      if (certificate === null) return { port: 3306 }
      await onHost(
        name,
        `cd ${dir}; for part in pem key; do cat ${certificate}.$part > shown.$part; done; ${client} -e 'FLUSH SSL'`,
      )
      return { port }
    },
  }
}

async function postgresql(name: string): Promise<Server> {
  const asked = (statement: string) => `su postgres -c "psql -Atqc \\"${statement}\\""`
  const reload = asked('SELECT pg_reload_conf()')
  onTestFinished(async () => {
    const reset = ['ssl', 'ssl_cert_file', 'ssl_key_file'].map((word) => asked(`ALTER SYSTEM RESET ${word}`))
    await onHost(name, `${[...reset, reload].join('; ')}; rm -rf ${dir}`)
  })
  await onHost(name, `chown -R postgres ${dir}`)
  return {
    dialect: 'postgresql',
    port: 5432,
    isEncrypted: sql`SELECT CASE WHEN ssl THEN 1 ELSE 0 END AS yes FROM pg_stat_ssl WHERE pid = pg_backend_pid()`,
    async show(certificate) {
      const set = (word: string, value: string) => asked(`ALTER SYSTEM SET ${word} = '${value}'`)
      const files = ['cert:pem', 'key:key'].map((pair) => {
        const [word, ending] = pair.split(':')
        return set(`ssl_${word}_file`, `${dir}/${certificate}.${ending}`)
      })
      const sets = certificate === null ? [set('ssl', 'off')] : [set('ssl', 'on'), ...files]
      const [word, value] = certificate === null ? ['ssl', 'off'] : ['ssl_cert_file', `${dir}/${certificate}.pem`]
      // A new setting counts once the server has read it.
      await onHost(
        name,
        `${[...sets, reload].join(' && ')}; until [ "$(${asked(`SHOW ${word}`)})" = "${value}" ]; do sleep 0.1; done`,
      )
      return { port: 5432 }
    },
  }
}

describe('encryption', () => {
  for (const [name, start] of [
    ['willow', mariadb],
    ['poplar', postgresql],
  ] as const)
    onLabHost(name, 'is required and checked as the catalog says', async (host) => {
      await onHost(name, certificates)
      const server = await start(name)
      const [ca, other] = [await onHost(name, `cat ${dir}/ca.pem`), await onHost(name, `cat ${dir}/other.pem`)]

      const at = async (certificate: Shown | null) => {
        // Each that is kept holds one of the host's few SSH channels.
        await keptConnections().close()
        const { port } = await forward(host, (await server.show(certificate)).port)
        return (tls: SqlTls, password = 'lab-catalog'): ServerPlace => ({
          ...{ way: 'direct', tls, dialect: server.dialect, host: '127.0.0.1', port },
          account: { user: 'bacula', password, database: 'bacula' },
        })
      }
      const ask = (place: ServerPlace) => withReader(place, (reader) => reader.ask(server.isEncrypted))
      const refused = async (place: ServerPlace) => {
        const error = await failureOf(ask(place))
        expect(error.userMessage).toMatch(/^(The|No) .*\.$/)
        expect(`${error.message} ${error.userMessage}`).not.toContain('lab-catalog')
        return error.data['reason']
      }
      const checked = (authority: string | null): SqlTls => ({ mode: 'checked', ca: authority })

      const right = await at('right')
      expect(await ask(right(checked(ca)))).toEqual([{ yes: '1' }])
      expect(await ask(right(checked(`${other}${ca}`)))).toEqual([{ yes: '1' }])
      expect(await ask(right({ mode: 'required' }))).toEqual([{ yes: '1' }])
      expect(await ask(right({ mode: 'off' }))).toEqual([{ yes: '0' }])
      expect(await refused(right(checked(other)))).toBe('untrusted')
      expect(await refused(right(checked(null)))).toBe('untrusted')
      for (const tls of [checked(ca), { mode: 'required' }] as const)
        expect(await refused(right(tls, 'wrong'))).toBe('wrong-password')

      // What the machine trusts is asked where no authority was pasted.
      const scratch = mkdtempSync(join(tmpdir(), 'pollux-tls-'))
      onTestFinished(() => {
        vi.unstubAllEnvs()
        rmSync(scratch, { recursive: true })
      })
      writeFileSync(join(scratch, 'trusted.pem'), ca)
      vi.stubEnv('SSL_CERT_FILE', join(scratch, 'trusted.pem'))
      const trusted = await at('right')
      expect(await ask(trusted(checked(null)))).toEqual([{ yes: '1' }])

      const wrong = await at('wrong')
      expect(await refused(wrong(checked(ca)))).toBe('wrong-name')
      expect(await ask({ ...wrong(checked(ca)), host: 'localhost' })).toEqual([{ yes: '1' }])
      expect(await ask(wrong({ mode: 'required' }))).toEqual([{ yes: '1' }])

      const old = await at('old')
      expect(await refused(old(checked(ca)))).toBe('untrusted')
      expect((await failureOf(ask(old(checked(ca))))).userMessage).toContain('expired')

      const none = await at(null)
      expect(await ask(none({ mode: 'off' }))).toEqual([{ yes: '0' }])
      for (const tls of [checked(ca), checked(null), { mode: 'required' }] as const)
        expect(await refused(none(tls))).toBe('no-tls')
    })
})
