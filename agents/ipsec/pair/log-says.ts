/** What charon writes when a key exchange fails (strongSwan 5.9 and 6.0, src/libcharon), and what that comes to. */
const meanings: readonly { says: RegExp; means: string }[] = [
  {
    says: /no matching peer config|peer config not found|no IKE config found/i,
    means: 'one end has no connection for the other: its file is missing, or names another address',
  },
  {
    says: /NO_PROPOSAL_CHOSEN|no (?:acceptable )?proposal found|no acceptable \S+ found|proposals (?:un|in)acceptable|DH group \S+ not supported/i,
    means: 'both ends ask for different algorithms, or one lacks the plugin for them',
  },
  {
    says: /no trusted .*public key found|no (?:matching )?(?:private|public) key found/i,
    means: 'one end does not have the key that the other signs with',
  },
  {
    says: /AUTHENTICATION_FAILED|AUTH_FAILED|authentication of .* failed|signature validation failed|constraint check failed/i,
    means: 'one end does not take the other for who it says it is: its key or its identity is another',
  },
  {
    says: /TS_UNACCEPTABLE|traffic selectors .* (?:unacceptable|inacceptable)/i,
    means: 'both ends want to protect different traffic',
  },
  {
    says: /unable to install (?:inbound|outbound|IPsec)|unable to add SAD entry|unable to (?:query|add|update) policy/i,
    means: 'the kernel does not take what the key exchange made: a module may be missing',
  },
  {
    says: /giving up after \d+ retransmits|retransmit \d+ of request|peer not responding/i,
    means: 'the other end does not answer: it is down, or UDP 500 is dropped on the way',
  },
  {
    says: /error writing to socket|Network is unreachable|No route to host/i,
    means: 'packets to the other end cannot be sent at all: there is no route',
  },
]

/** What the newest telling line about a pair comes to, with the line; null where none tells anything. */
export function logSays(log: readonly string[]): { line: string; means: string } | null {
  for (const line of log.toReversed()) {
    const found = meanings.find(({ says }) => says.test(line))
    if (found) return { line, means: found.means }
  }
  return null
}
