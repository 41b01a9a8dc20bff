import { expect, it } from 'vitest'
import { parseKernel } from './parse-kernel'

const found = { said: '/lib/modules/6.1.176/kernel/net/ipv4/esp4.ko\n', complaint: '' }
const builtIn = { said: '(builtin)\n', complaint: '' }
const missing = { said: '', complaint: 'modinfo: ERROR: Module esp4 not found.' }
const noList = {
  said: '',
  complaint:
    "modinfo: ERROR: could not open builtin file '/lib/modules/6.1.0/modules.builtin.bin'\nmodinfo: ERROR: Module xt_policy not found.",
}

it('tells what is there, what could be loaded, and what nobody could tell', () => {
  const answers = { hasEsp: found, hasIpip: builtIn, hasXfrm: missing, hasPolicyMatch: noList }
  expect(parseKernel('6.1.176', '', answers)).toEqual({
    release: '6.1.176',
    hasEsp: true,
    hasIpip: true,
    hasXfrm: false,
    hasPolicyMatch: null,
  })
})

it('believes the kernel before any file', () => {
  const loaded = 'xt_policy 2629 0 - Live 0x0\nxfrm_user 34913 2 - Live 0x0\n'
  const none = { said: null, complaint: '' }
  const kernel = parseKernel('', loaded, { hasEsp: none, hasIpip: none, hasXfrm: missing, hasPolicyMatch: noList })
  expect(kernel).toMatchObject({ hasEsp: null, hasIpip: null, hasXfrm: true, hasPolicyMatch: true })
})
