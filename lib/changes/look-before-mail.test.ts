import { afterEach, describe, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { startDns, type Zone } from '@/lib/vantage/testing/dns-server'
import { lookBeforeMail } from './look-before-mail'

withTestStore()

let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
})

const ctx = (role: 'operator' | 'viewer'): Ctx => ({
  actor: { kind: 'user', id: 'u', name: 'ada', role },
  requestId: 'test',
})
const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']
const arpa = (last: number) => `${last}.2.0.192.in-addr.arpa`

async function look(zone: Zone) {
  const dns = await startDns(zone)
  stop = dns.stop
  return lookBeforeMail(ctx('operator'), { hostId: 'gone', addresses, dnsServer: dns.server })
}

describe('what is known before mail is planned', () => {
  it('has the names of the first addresses, and tells "none" from "not asked"', async () => {
    const looks = await look({
      [arpa(1)]: { PTR: ['b.example.org', 'a.example.org'] },
      [arpa(3)]: { fails: 'SERVFAIL' },
      [arpa(4)]: { PTR: ['d.example.org'] },
    })
    expect(looks.names).toEqual({ '192.0.2.1': ['a.example.org', 'b.example.org'], '192.0.2.2': [] })
    expect(looks.whyNoNames).toMatch(/^What 192\.0\.2\.3 is called is not known\. .+\.$/)
  })

  it('says nothing of what could be asked, and why a probe cannot come here', async () => {
    const looks = await look({})
    expect(looks.whyNoNames).toBeNull()
    expect(looks.whyNotHere).not.toBeNull()
  })

  it('is not for viewers', async () => {
    await expect(lookBeforeMail(ctx('viewer'), { hostId: 'gone', addresses, dnsServer: null })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
