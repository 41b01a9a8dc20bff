import { expect, it } from 'vitest'
import { logSays } from './log-says'

const front = '2026-11-27T10:00:00+0000 quince charon-systemd[412]:'

it.each([
  ['09[IKE] received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built', /algorithms/],
  ["11[IKE] no trusted RSA public key found for '192.0.2.1'", /key that the other signs with/],
  ['11[IKE] received AUTHENTICATION_FAILED notify error', /key or its identity/],
  ["11[CFG] no matching peer config found for '192.0.2.9'[192.0.2.9]...'192.0.2.1'", /no connection for the other/],
  ['05[IKE] no IKE config found for 192.0.2.9...192.0.2.1, sending NO_PROPOSAL_CHOSEN', /no connection for the other/],
  ['13[IKE] received TS_UNACCEPTABLE notify, no CHILD_SA built', /different traffic/],
  ['13[IKE] unable to install inbound and outbound IPsec SA (SAD) in kernel', /kernel/],
  ['07[IKE] giving up after 5 retransmits', /does not answer/],
  ['07[IKE] retransmit 3 of request with message ID 0', /UDP 500/],
  ['04[NET] error writing to socket: Network is unreachable', /no route/],
])('understands "%s"', (line, means) => {
  expect(logSays([`${front} ${line}`])).toMatchObject({ line: `${front} ${line}`, means: expect.stringMatching(means) })
})

it('goes by the newest line that tells something', () => {
  const log = [`${front} 09[IKE] received NO_PROPOSAL_CHOSEN notify error`, `${front} 07[IKE] retransmit 2 of request`]
  expect(logSays([...log, `${front} 07[NET] sending packet`])?.means).toMatch(/does not answer/)
  expect(logSays(log.toReversed())?.means).toMatch(/algorithms/)
  expect(logSays([`${front} 07[IKE] IKE_SA cloud-web1[3] established`])).toBeNull()
  expect(logSays([])).toBeNull()
})
