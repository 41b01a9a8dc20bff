import { expect, it } from 'vitest'
import type { RawReading } from '@/lib/agent'
import { parseInstall } from './parse-install'

const said = (text: string, exitCode = 0, complaint = '', branch = 1): RawReading => ({
  ...{ state: 'read', kind: 'text', text, truncated: false, exitCode, branch, complaint },
})

const inst = `Inst libstrongswan (5.9.8-5+deb12u1 Debian:12.8/stable [amd64])
Inst strongswan-swanctl (5.9.8-5+deb12u1 Debian:12.8/stable [amd64])
Inst charon-systemd (5.9.8-5+deb12u1 Debian:12.8/stable [amd64])
Conf charon-systemd (5.9.8-5+deb12u1 Debian:12.8/stable [amd64])
`

it('tells whether apt could install the daemon, and what it did not tell', () => {
  expect(parseInstall(said(inst))).toBe(true)
  expect(parseInstall(said(`Remv libreswan [4.10-2]\n${inst}`))).toBe(false)
  expect(parseInstall(said('', 100, 'E: Unable to locate package charon-systemd'))).toBe(false)
  expect(parseInstall(said('', 100, 'E: Could not open lock file'))).toBeNull()
  expect(parseInstall(said('\u007fELF', 0, '', 0))).toBeNull()
  expect(parseInstall({ state: 'not-read', why: 'no-program', detail: '' })).toBeNull()
})
