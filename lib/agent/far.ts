/** From where something is looked at that no shell on the changed host can see, or that it must not judge alone. */
export type Vantage = { kind: 'dashboard' } | { kind: 'host'; hostId: string }

/** One question to the DNS, asked by the dashboard. Names are in small letters; lists are "a, b", and "none" is an answer. */
export type DnsAsk =
  /** The names that an address has (PTR). Learned: `names`. */
  | { kind: 'names-of'; address: string }
  /** Whether a name of the address leads back to it (FCrDNS). Learned: `confirmed`, "yes" or what was found instead. */
  | { kind: 'confirmed'; address: string }
  /** The addresses of a name (A and AAAA). Learned: `addresses`. */
  | { kind: 'addresses-of'; name: string }
  /**
   * Where mail for a domain goes (MX, and the addresses of those hosts). Learned: `hosts`, the best first, with what is
   * wrong with one behind its name, and `addresses`.
   */
  | { kind: 'mail-hosts'; domain: string }
  /**
   * Whether the domain's SPF lets the address send (RFC 7208). Learned: `result` ("pass", "none", "fail", "softfail",
   * "neutral", "permerror"; a temperror is not learned), `record`, `reason` (the term that decides, or what is wrong).
   */
  | { kind: 'may-send'; domain: string; address: string; helo: string }

/**
 * What an agent must see beyond a shell on the host. It declares the look; `lib/vantage` takes it. Every look only reads,
 * but `mail`, which hands one message to the host's own server and belongs to a change's proof alone.
 */
export type FarRead =
  /**
   * Connects, reads the greeting, says EHLO and QUIT. Learned: `connected` ("yes", or "refused" when something there said
   * no at once; silence is not learned), `greeting` (its first line, without the code), `ehlo` (the server's own name in
   * its answer).
   */
  | { kind: 'smtp'; from: Vantage; address: string; port: number }
  /** `server` is the DNS server that is asked (IP, or IP:port); null for those of the dashboard's machine. */
  | { kind: 'dns'; server: string | null; ask: DnsAsk }
  /**
   * Hands one message to the mail server of the host and follows it. Learned: `accepted` (the server's answer, with its
   * code), `status` ("sent", "deferred: why", "bounced: why", "refused: why" when the host's own server did not take it),
   * `source` (the address that it left from), `helo` (the name that the receiver was told; only by Pollux's own receiver),
   * `reply` (the receiver's last word), `bounced` (what became of others: "none" was sent back since Postfix read its
   * files, or how many and why). A message that got no further than the queue is taken out of it.
   */
  | {
      kind: 'mail'
      hostId: string
      /** Where it is handed in: by SMTP at an address of the host, or by its sendmail(1). */
      handIn: { by: 'smtp'; address: string; port: number } | { by: 'sendmail'; program: string }
      /** The folder of the instance's configuration; null for the first one. */
      config: string | null
      /** The envelope's sender; may be empty, and then nobody is told of a bounce. */
      sender: string
      /** Who gets it: a receiver that Pollux itself opens on port 25 of the address which the host sees it at, or an address of the person's. */
      to: { kind: 'pollux' } | { kind: 'address'; address: string }
    }

/** What a look learned, by the names that its kind says. What is not among them could not be learned; `why` says why. */
export interface FarSeen {
  learned: Readonly<Record<string, string>>
  why: string
}

/**
 * How one learned value must read. What was not learned is unknown, never wrong. Capital letters and the spelling of an
 * address make no difference; `includes` and `excludes` look for whole words: 10.0.0.1 is not in "10.0.0.12".
 */
export type FarExpectation = { name: string } & (
  | { equals: string }
  | { includes: string }
  | { excludes: string }
  | { oneOf: readonly string[] }
)
