import { expect, it } from 'vitest'
import { parseRelease } from './parse-release'

it('a release is told by either file, and by none is none', () => {
  const osRelease =
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n'
  expect(parseRelease(new Map([['/etc/os-release', osRelease]]))).toEqual({
    id: 'debian',
    version: '12',
    codename: 'bookworm',
  })
  expect(parseRelease(new Map([['/etc/debian_version', '4.0\n']]))).toEqual({
    id: 'debian',
    version: '4.0',
    codename: null,
  })
  expect(parseRelease(new Map([['/etc/os-release', 'ID="x;y"\nVERSION_ID=$(id)\n']]))).toEqual({
    id: '',
    version: '',
    codename: null,
  })
  expect(parseRelease(new Map([['/etc/debian_version', 'trixie/sid\n']]))).toBeNull()
  expect(parseRelease(new Map())).toBeNull()
})
