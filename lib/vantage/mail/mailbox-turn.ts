import { single } from '@/lib/config/single'
import { endedBy } from '../not-seen'

/**
 * Waits until nobody else in this process receives at an address: port 25 is there once. Gives the function that ends
 * the turn. Throws AppError when the signal comes first.
 */
export async function takeTurn(address: string, signal: AbortSignal): Promise<() => void> {
  const lasts = single('vantage-mailboxes', () => new Map<string, Promise<void>>())
  const before = lasts.get(address) ?? Promise.resolve()
  let end: () => void = () => {}
  const turn = new Promise<void>((resolve) => {
    end = resolve
  })
  const mine = before.then(() => turn)
  lasts.set(address, mine)
  void mine.then(() => {
    if (lasts.get(address) === mine) lasts.delete(address)
  })
  if (await isAbortedFirst(before, signal)) {
    end()
    throw endedBy(signal, `Another message is awaited at ${address}`)
  }
  return end
}

function isAbortedFirst(promise: Promise<void>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(true)
    const onAbort = () => resolve(true)
    signal.addEventListener('abort', onAbort, { once: true })
    void promise.then(() => {
      signal.removeEventListener('abort', onAbort)
      resolve(false)
    })
  })
}
