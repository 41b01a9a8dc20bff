import { z } from 'zod'
import { parseAddress } from '@/lib/agent/ip-address'
import { problemOfHelo, problemOfMailbox, problemOfPattern, problemOfPlainAddress } from './typed'

const hostId = z.string().min(1).max(200)
/** As postmulti(1) names it. */
const instanceName = z.string().regex(/^(-|[A-Za-z0-9][\w.-]{0,40})$/, 'This is no name of a Postfix instance.')

/** A bare address, in the form that the kernel prints. */
const plainAddress = checked(problemOfPlainAddress, (text) => parseAddress(text.trim())?.host ?? text)
const heloName = checked(problemOfHelo, (text) => text.trim().toLowerCase())
const mailbox = checked(problemOfMailbox, (text) => text.trim())

/** Which addresses one port listens on; null for every address of `inet_interfaces`, as the package ships it. */
const listener = z.object({
  port: z.string().regex(/^[\w-]{1,32}$/),
  addresses: z.array(plainAddress).min(1).nullable(),
})

/** What outgoing IPv6 shall do where it has no source of its own. */
const sixth = z.enum(['any', 'prefer-ipv4', 'never'])

const identity = z.object({
  /** Source of outgoing mail over IPv4 and IPv6; null where the kernel may choose. */
  source4: plainAddress.nullable(),
  source6: plainAddress.nullable(),
  /** The name that other servers are told; null for $myhostname. */
  helo: heloName.nullable(),
})

const sender = identity.extend({
  /** "ada@example.org" or "@example.org". */
  pattern: checked(problemOfPattern, (text) => text.trim().toLowerCase()),
})

/** How the change is proved beyond the host. */
const proof = z.object({
  /** Who gets the probe message; null for none. */
  probe: z
    .union([z.object({ to: z.literal('pollux') }), z.object({ to: z.literal('address'), address: mailbox })])
    .nullable(),
  /** The DNS server that is asked; null for those of Pollux's own machine. */
  dnsServer: plainAddress.nullable(),
  /** The domain whose MX and SPF are looked at; null for none. */
  domain: heloName.nullable(),
})

/** What the wizard's form says. */
export const postfixDesired = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal('install'), hostId }),
  identity.extend({
    operation: z.literal('set'),
    hostId,
    instance: instanceName,
    /** Ports that are not named stay as they are. */
    listeners: z.array(listener).max(20),
    sixth,
    /** In main.cf, for every client; or on these clients of master.cf alone (`smtp/unix`). */
    scope: z.union([
      z.literal('all'),
      z
        .array(z.string().regex(/^[\w.-]{1,40}\/unix$/))
        .min(1)
        .max(20),
    ]),
    /** Rather keep mail back than send it from another address. */
    enforce: z.boolean(),
    /** Whether its own addresses greet with the HELO name too. */
    greet: z.boolean(),
    /** What happens at boot when an address is not there yet: Postfix fails, is waited with, or starts all the same. */
    boot: z.enum(['fail', 'wait', 'nonlocal']),
    senders: z.array(sender).max(50),
    proof,
  }),
  z.object({ operation: z.literal('reset'), hostId, instance: instanceName, proof }),
])

export type PostfixDesired = z.infer<typeof postfixDesired>
export type SetDesired = Extract<PostfixDesired, { operation: 'set' }>
export type Identity = z.infer<typeof identity>
export type Sender = z.infer<typeof sender>
export type ProofDesired = z.infer<typeof proof>

function checked(problemOf: (text: string) => string | null, clean: (text: string) => string) {
  return z.string().transform((text, ctx) => {
    const problem = problemOf(text)
    if (problem === null) return clean(text)
    ctx.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  })
}
