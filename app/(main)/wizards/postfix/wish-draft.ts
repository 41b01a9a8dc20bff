import { z } from 'zod'
import type { Wish } from './wish'

const text = z.string().max(400)

/** A draft as it was kept. */
export const wishDraft: z.ZodType<Wish> = z.object({
  hostId: text,
  instance: text,
  alias: text.nullable(),
  device: text,
  ports: z.record(
    z.string().max(40),
    z.object({ mode: z.enum(['leave', 'every', 'chosen']), addresses: z.array(text).max(60) }),
  ),
  source4: text,
  source6: text,
  sixth: z.enum(['any', 'prefer-ipv4', 'never']),
  scope: z.enum(['all', 'some']),
  clients: z.array(text).max(60),
  enforce: z.boolean(),
  helo: text,
  greet: z.boolean(),
  boot: z.enum(['fail', 'wait', 'nonlocal']),
  senders: z.array(z.object({ pattern: text, source4: text, source6: text, helo: text })).max(50),
  probe: z.enum(['pollux', 'address', 'none']),
  probeAddress: text,
  dnsServer: text,
  domain: text,
})
