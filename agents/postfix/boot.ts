import type { SetDesired } from './desired'
import type { Instance, PostfixFacts } from './facts'
import { bytesAt } from './parameters'
import { NONLOCAL_PATH, waitPath } from './paths'

/** Seconds that systemd waits for the addresses before each start. */
const WAIT_S = 60

/** What happens at boot now when an address is not there yet. */
export function bootOf(facts: PostfixFacts, { unit }: Instance): SetDesired['boot'] {
  if (unit !== null && bytesAt(facts.files, waitPath(unit)) !== '') return 'wait'
  if (bytesAt(facts.files, NONLOCAL_PATH) !== '') return 'nonlocal'
  return facts.nonlocalBind[4] === true ? 'nonlocal' : 'fail'
}

/**
 * The drop-in that has systemd wait for the addresses, and start Postfix again for as long as it does not come up
 * (systemd.service(5): ExecStartPre; `+` is outside the unit's own confinement, `$$` is a dollar sign).
 */
export function waitText(addresses: readonly string[]): string {
  const tests = addresses.toSorted().map((host) => `ip -o addr show to ${host} | grep -q .`)
  return [
    '# Pollux: Postfix binds these addresses, and does not start while one of them is missing.',
    '[Unit]',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStartPre=+/bin/sh -c 'n=0; until ${tests.join(' && ')}; do n=$$((n + 1)); [ "$$n" -lt ${WAIT_S} ] || exit 0; sleep 1; done'`,
    'Restart=on-failure',
    'RestartSec=15',
    '',
  ].join('\n')
}

/** sysctl.d(5) for both families; what a host's kernel does not have is left out. */
export function nonlocalText(): string {
  return [
    '# Pollux: programs may bind addresses that this host does not have yet, so that mail starts before they are there.',
    '-net.ipv4.ip_nonlocal_bind = 1',
    '-net.ipv6.ip_nonlocal_bind = 1',
    '',
  ].join('\n')
}

/**
 * The two files as they must stand for a choice, by path; null where there must be none. Where somebody else lets
 * programs bind what is not there, nothing of ours is needed for it.
 */
export function bootFiles(
  choice: SetDesired['boot'],
  facts: PostfixFacts,
  { unit }: Instance,
  addresses: readonly string[],
): Map<string, string | null> {
  const wanted = new Map<string, string | null>()
  const isOurs = facts.files[NONLOCAL_PATH] !== undefined
  const isOthers = !isOurs && facts.nonlocalBind[4] === true
  if (unit !== null) wanted.set(waitPath(unit), choice === 'wait' && addresses.length > 0 ? waitText(addresses) : null)
  if (isOurs || (choice === 'nonlocal' && !isOthers)) {
    wanted.set(NONLOCAL_PATH, choice === 'nonlocal' ? nonlocalText() : null)
  }
  return wanted
}
