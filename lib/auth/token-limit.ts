import { single } from '@/lib/config/single'
import { AppError } from '@/lib/errors'

const windowMs = 60_000
const mostRequests = 120

/**
 * Counts one request of an API token. Throws AppError `locked`, with `retryAfterS`, for more than 120 in a minute.
 * `tokenId` is known to be one of ours, so that there are never more counts than tokens.
 */
export function countTokenRequest(tokenId: string, now = Date.now()): void {
  const times = (requests().get(tokenId) ?? []).filter((time) => time > now - windowMs)
  const [oldest] = times
  if (times.length >= mostRequests && oldest !== undefined) {
    const retryAfterS = Math.ceil((oldest + windowMs - now) / 1000)
    throw new AppError('locked', `expected at most ${mostRequests} requests a minute of token ${tokenId}`, {
      userMessage: `This token was used ${mostRequests} times within a minute. Try again in ${retryAfterS} s.`,
      data: { retryAfterS },
    })
  }
  requests().set(tokenId, [...times, now])
}

function requests(): Map<string, number[]> {
  return single('token-requests', () => new Map<string, number[]>())
}
