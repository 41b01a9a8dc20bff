import { z } from 'zod'
import { printAddress } from '@/lib/agent/ip-address'
import { deviceName } from '@/lib/agent/live-address'
import { readTyped } from '@/lib/agent/typed-address'

/** An address with its prefix, brought into the form that the kernel prints. Its messages are for the person who types. */
export const failoverAddress = z.string().transform((text, ctx) => {
  const read = readTyped(text)
  if ('address' in read) return printAddress(read.address)
  ctx.addIssue({ code: 'custom', message: read.problem })
  return z.NEVER
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
