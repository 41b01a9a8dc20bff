import { z } from 'zod'
import { parseAddress, printAddress, whyNotFailover } from './address'

/** A network device's name. The pattern keeps a hostile one out of paths, files and scripts. */
export const deviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/, 'This is no name of a network device.')

/** An address with its prefix, brought into the form that the kernel prints. Its messages are for the person who types. */
export const failoverAddress = z
  .string()
  .trim()
  .max(60, 'This is longer than any address.')
  .transform((text, ctx) => {
    const address = parseAddress(text)
    const problem = address ? whyNotFailover(address) : notAnAddress(text)
    if (!address || problem) {
      ctx.addIssue({ code: 'custom', message: problem ?? '' })
      return z.NEVER
    }
    return printAddress(address)
  })

/** What `ip addr show` prints behind the address: the device, a colon, a name; at most 15 characters in all. */
export const addressLabel = z
  .string()
  .max(15, 'A label has at most 15 characters, the name of the device among them.')
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*:[A-Za-z0-9_.-]+$/, 'A label is the device, a colon and a name: eth0:0.')

const hostId = z.string().min(1).max(200)
const place = z.object({ hostId, device: deviceName })
const newPlace = place.extend({ label: addressLabel.optional() })

/** Whether it is kept over a boot in the file of what holds the network, or put there until the next boot only. */
const keep = z.enum(['boot', 'live-only'])

/** What the wizard's form says. */
export const failoverDesired = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal('add'), address: failoverAddress, to: newPlace, keep, announce: z.boolean() }),
  z.object({ operation: z.literal('remove'), address: failoverAddress, from: place, keep }),
  z.object({
    operation: z.literal('move'),
    address: failoverAddress,
    from: place,
    to: newPlace,
    keep,
    announce: z.boolean(),
  }),
])

export type FailoverDesired = z.infer<typeof failoverDesired>
export type Place = z.infer<typeof place>
export type NewPlace = z.infer<typeof newPlace>

function notAnAddress(text: string): string {
  if (text === '') return 'Type the address, such as 192.0.2.10/32 or 2001:db8::10/128.'
  if (/^[^/]+\/\d+$/.test(text) && parseAddress(text.replace(/\/.*/, ''))) {
    return `The prefix is too long: expected at most /${text.includes(':') ? 128 : 32}.`
  }
  if (/\/\d+\.\d+/.test(text)) return 'Expected a prefix such as /32, not a mask.'
  if (/(^|\.)0\d/.test(text)) return 'Leave out the leading zeros: some programs read them as octal.'
  if (text.includes('%')) return 'Leave out what follows the % sign: the device is chosen below.'
  return 'This is no IPv4 or IPv6 address. Expected something like 192.0.2.10/32 or 2001:db8::10/128.'
}
