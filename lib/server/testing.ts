import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes a certificate of its own for `localhost` and 127.0.0.1, with openssl as a person would, and gives the two files. */
export function makePair(
  name = 'pair',
  { dir = mkdtempSync(join(tmpdir(), 'pollux-tls-')), days = 30, at }: { dir?: string; days?: number; at?: Date } = {},
) {
  const [certFile, keyFile] = [join(dir, `${name}.crt`), join(dir, `${name}.key`)]
  const from = (at ?? new Date(Date.now() - 3_600_000)).getTime()
  const stamp = (ms: number) => `${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  const openssl = (...words: string[]) =>
    execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'], cwd: dir })
  openssl(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    keyFile,
    '-out',
    `${name}.csr`,
    '-subj',
    `/CN=${name}`,
  )
  // `req -x509` takes no begin before OpenSSL 3.4; `ca` does, and wants its files.
  writeFileSync(join(dir, 'index.txt'), '')
  writeFileSync(join(dir, 'ca.cnf'), caConfig(dir))
  openssl(
    'ca',
    '-batch',
    '-selfsign',
    '-config',
    'ca.cnf',
    '-extensions',
    'own',
    '-in',
    `${name}.csr`,
    '-keyfile',
    keyFile,
    '-out',
    certFile,
    '-notext',
    '-startdate',
    stamp(from),
    '-enddate',
    stamp(from + days * 86_400_000),
  )
  chmodSync(keyFile, 0o600)
  return { dir, certFile, keyFile }
}

function caConfig(dir: string): string {
  return `[ca]
default_ca = here
[here]
database = ${dir}/index.txt
new_certs_dir = ${dir}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[own]
subjectAltName = DNS:localhost, IP:127.0.0.1
`
}
