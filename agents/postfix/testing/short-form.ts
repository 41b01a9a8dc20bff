import { hostsForTests } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'

/**
 * The hosts on which a test runs in the short form, which `npm test` has. With POLLUX_LONG_TESTS=1 each runs on all that
 * it is written for. A test that is not named here runs on its first host.
 */
const short: Readonly<Record<string, readonly string[]>> = {
  whole: ['maple', 'oak', 'pine'],
  'one by one': [],
  'odd line ends': [],
  faults: ['maple'],
}

const running = hostsForTests().map(({ name }) => name)

/** Of the hosts that a test is written for, those that it runs on now; none where the receiver of the mail does not run. */
export function hostsOf(test: string, all: readonly string[]): string[] {
  const wanted = isLong ? all : (short[test] ?? all.slice(0, 1))
  return running.includes('elm') ? wanted.filter((name) => running.includes(name)) : []
}
