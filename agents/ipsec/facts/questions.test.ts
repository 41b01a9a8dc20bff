import { expect, it } from 'vitest'
import { firewallDocuments } from '../firewall/names'
import { OWN_KEY } from '../paths'
import { tunnelFileGlobs } from '../tunnel/paths'
import { readings } from './questions'

const asked = [...readings.smallFiles.globs, ...readings.documents.globs]

/** Whether the shell's pattern names the path. */
function isNamed(glob: string, path: string): boolean {
  const pattern = glob.replace(/[.+^$()|\\{}]/g, '\\$&').replace(/\*/g, '[^/]*')
  return new RegExp(`^${pattern}$`).test(path)
}

it.each([...firewallDocuments, ...tunnelFileGlobs])('%s is read', (glob) => {
  const path = glob.replace(/\*/g, 'x')
  expect(asked.filter((each) => isNamed(each, path))).not.toEqual([])
})

it('asks for no private key', () => {
  for (const path of [OWN_KEY, '/etc/ipsec.secrets', '/etc/swanctl/rsa/x.pem'])
    expect(asked.filter((each) => isNamed(each, path))).toEqual([])
})
