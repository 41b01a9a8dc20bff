import { describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { parseMainCf, printMainCf } from './main-cf'
import { parseMasterCf, printMasterCf } from './master-cf'

const shell = async (name: string, script: string, ...words: string[]) => {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script, 'sh', ...words])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}
/** Every main.cf and master.cf of a host, its templates and copies too. */
const find = `[ -d /etc/postfix ] || exit 0
find /etc /usr/share -type f '(' -name 'main.cf*' -o -name 'master.cf*' ')' | sort`

const found = await Promise.all(
  hostsForTests().map(async ({ name: host }) => {
    const paths = (await shell(host, find)).split('\n').filter(Boolean)
    return paths.map((path) => ({ host, path }))
  }),
)
const files = found.flat()
if (files.length === 0) console.log('Skipped: no running host of the lab has Postfix.')

describe.skipIf(files.length === 0)('the files of real hosts are printed as they were parsed', () => {
  it.each(files)('$path of $host', async ({ host, path }) => {
    const bytes = Buffer.from(await shell(host, 'base64 "$1"', path), 'base64').toString('latin1')
    const isMain = /\/main\.cf[^/]*$/.test(path)
    expect(isMain ? printMainCf(parseMainCf(bytes)) : printMasterCf(parseMasterCf(bytes))).toBe(bytes)
  })
})
