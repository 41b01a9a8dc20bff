/**
 * What each counter of /proc/net/xfrm_stat counts: packets that were dropped, and why. After
 * Documentation/networking/xfrm_proc.rst of the kernel, in words for a mesh.
 */
export const counterWords: Readonly<Record<string, string>> = {
  XfrmInError: 'Came in and failed for a reason that no other counter names.',
  XfrmInBufferError: 'Came in while there was no buffer left.',
  XfrmInHdrError: 'Came in with a header that is wrong.',
  XfrmInNoStates:
    'Came in for no SA of this host: SPI, address or protocol is another. The other end still uses an SA that is gone here.',
  XfrmInStateProtoError: 'Came in and could not be opened: the keys or algorithms of both ends differ.',
  XfrmInStateModeError: 'Came in by another mode: one end uses tunnel mode, the other transport mode.',
  XfrmInStateSeqError: 'Came in with a sequence number outside the replay window: late, or sent twice.',
  XfrmInStateExpired: 'Came in for an SA whose time is over.',
  XfrmInStateMismatch: 'Came in for an SA with another option: one end puts ESP into UDP, the other does not.',
  XfrmInStateInvalid: 'Came in for an SA that is not valid, or not yet.',
  XfrmInTmplMismatch: 'Came in otherwise than a policy asks for: in clear, say, where ESP is wanted.',
  XfrmInNoPols: 'Came in by a right SA, and no policy wants it.',
  XfrmInPolBlock: 'Came in and a policy drops it.',
  XfrmInPolError: 'Came in and its policy could not be used.',
  XfrmAcquireError: 'Was to leave while its SA was still being made.',
  XfrmFwdHdrError: 'Was to be forwarded, which is not allowed.',
  XfrmInStateDirError: 'Came in by an SA that is for packets that leave.',
  XfrmOutError: 'Was to leave and failed for a reason that no other counter names.',
  XfrmOutBundleGenError: 'Was to leave, and its way through the policies could not be put together.',
  XfrmOutBundleCheckError: 'Was to leave, and its way through the policies was no longer right.',
  XfrmOutNoStates: 'Was to leave and had no SA: the key exchange has made none.',
  XfrmOutStateProtoError: 'Was to leave and could not be encrypted.',
  XfrmOutStateModeError: 'Was to leave and did not fit the mode of its SA.',
  XfrmOutStateSeqError: 'Was to leave when its SA had used up its sequence numbers.',
  XfrmOutStateExpired: 'Was to leave by an SA whose time is over.',
  XfrmOutPolBlock: 'Was to leave and a policy drops it.',
  XfrmOutPolDead: 'Was to leave by a policy that is being taken away.',
  XfrmOutPolError: 'Was to leave and its policy could not be used.',
  XfrmOutStateInvalid: 'Was to leave by an SA that is not valid, perhaps expired.',
  XfrmOutStateDirError: 'Was to leave by an SA that is for packets that come in.',
}

/** One counter that is not zero. */
export interface Counter {
  name: string
  now: number
  /** By how much it rose between two looks. Null where there is no first look. */
  rose: number | null
  /** What it counts; null for one that Pollux does not know. */
  means: string | null
}

type Stat = Readonly<Record<string, number>>

/**
 * The counters that are not zero, those that rose first; null where the kernel has none. They fall when the host booted in
 * between: then none rose.
 */
export function countersOf(before: Stat | null, now: Stat): Counter[] | null {
  if (Object.keys(now).length === 0) return null
  const counters = Object.entries(now)
    .filter(([, count]) => count > 0)
    .map(([name, count]): Counter => {
      const rose = before === null ? null : Math.max(0, count - (before[name] ?? 0))
      return { name, now: count, rose, means: counterWords[name] ?? null }
    })
  return counters.toSorted((a, b) => (b.rose ?? 0) - (a.rose ?? 0) || (a.name < b.name ? -1 : 1))
}
