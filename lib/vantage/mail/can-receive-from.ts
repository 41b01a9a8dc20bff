import { sentenceOf } from '../not-seen'
import { canReceive } from './can-receive'
import { openMailHost } from './mail-host'
import { addressSeenBy } from './seen-from'

/** Whether Pollux itself can receive a message of this host now: true, or the sentence that says why not. */
export async function canReceiveFrom(hostId: string): Promise<true | string> {
  try {
    return await canReceive(await addressSeenBy(await openMailHost(hostId), AbortSignal.timeout(10_000)))
  } catch (error) {
    return sentenceOf(error)
  }
}
