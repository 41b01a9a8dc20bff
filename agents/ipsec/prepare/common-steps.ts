import type { RunStep } from '@/lib/agent'
import type { Exchange } from '../ike/exchange'
import { DROP_KEY, HAS_KEY, HAS_NO_KEY, KERNEL, MAKE_KEY } from './programs'

/** What a preparation does on every host, whatever daemon it has: see that the kernel can, and make the host's own key. */
export function commonSteps(
  { ownKey, ownPublic, ownMark }: Pick<Exchange, 'ownKey' | 'ownPublic' | 'ownMark'>,
  id: (what: string) => string,
): { kernel: RunStep; key: RunStep } {
  const key = [ownKey, ownPublic, ownMark]
  return {
    kernel: {
      kind: 'run',
      id: id('kernel'),
      title: 'See that the kernel has ESP and IP-IP tunnels',
      timeoutS: 30,
      run: ['sh', '-c', KERNEL, 'pollux'],
      undo: { nothing: 'A loaded module does nothing by itself.' },
    },
    key: {
      kind: 'run',
      id: id('key'),
      title: `Make the host's own key, ${ownKey}, for root alone`,
      timeoutS: 240,
      run: ['sh', '-c', MAKE_KEY, 'pollux', ...key],
      undo: { run: ['sh', '-c', DROP_KEY, 'pollux', ...key], timeoutS: 20 },
      isUndone: ['sh', '-c', HAS_NO_KEY, 'pollux', ...key],
      isStanding: ['sh', '-c', HAS_KEY, 'pollux', ...key],
    },
  }
}
