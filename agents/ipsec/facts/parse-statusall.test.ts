import { describe, expect, it } from 'vitest'
import { parseStatusall } from './parse-statusall'

// In the words of strongSwan 5.9: two connections, one of which has both kinds of SA, and a rekeyed child behind its heir.
const answer = `Status of IKE charon daemon (strongSwan 5.9.8, Linux 6.1.0-32-amd64, x86_64):
  uptime: 3 minutes, since Nov 28 06:00:00 2026
  worker threads: 11 of 16 idle, 5/0/0/0 working, job queue: 0/0/0/0, scheduled: 3
  loaded plugins: charon aes sha2 pem openssl kernel-netlink stroke
Listening IP addresses:
  10.77.0.81
  fe80::1
Connections:
  lab-medlar:  10.77.0.81...10.77.0.82  IKEv2, dpddelay=30s
  lab-medlar:   local:  [10.77.0.81] uses public key authentication
  lab-medlar:   remote: [10.77.0.82] uses public key authentication
  lab-medlar:   child:  dynamic[ipencap] === dynamic[ipencap] TRANSPORT, dpdaction=hold
  lab-damson:  10.77.0.81...10.77.0.83  IKEv2, dpddelay=30s
  lab-damson:   child:  dynamic[ipencap] === dynamic[ipencap] TRANSPORT, dpdaction=clear
Routed Connections:
  lab-medlar{1}:  ROUTED, TRANSPORT, reqid 1
  lab-medlar{1}:   10.77.0.81/32[ipencap] === 10.77.0.82/32[ipencap]
Security Associations (1 up, 0 connecting):
  lab-medlar[1]: ESTABLISHED 2 minutes ago, 10.77.0.81[10.77.0.81]...10.77.0.82[10.77.0.82]
  lab-medlar[1]: IKEv2 SPIs: 0f00000000000001_i* 1a00000000000002_r, public key reauthentication in 2 hours
  lab-medlar[1]: IKE proposal: AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048
  lab-medlar{2}:  REKEYED, TRANSPORT, reqid 1, expires in 57 minutes
  lab-medlar{2}:   10.77.0.81/32[ipencap] === 10.77.0.82/32[ipencap]
  lab-medlar{3}:  INSTALLED, TRANSPORT, reqid 1, ESP SPIs: c9a1b2c3_i cd0e0f01_o
  lab-medlar{3}:  AES_CBC_256/HMAC_SHA2_256_128/MODP_2048, 252 bytes_i (3 pkts, 2s ago), 168 bytes_o (2 pkts, 2s ago), rekeying in 43 minutes
  lab-medlar{3}:   10.77.0.81/32[ipencap] === 10.77.0.82/32[ipencap]
`

describe('the answer of ipsec statusall', () => {
  it('tells connections, traps and associations', () => {
    expect(parseStatusall(answer)).toEqual({
      connections: ['lab-medlar', 'lab-damson'],
      traps: ['lab-medlar'],
      sas: [
        {
          ...{ name: 'lab-medlar', state: 'ESTABLISHED', version: 2, ageS: 120 },
          ...{ localHost: '10.77.0.81', remoteHost: '10.77.0.82' },
          suite: 'AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
          children: [
            {
              ...{ name: 'lab-medlar', state: 'INSTALLED', mode: 'TRANSPORT', ageS: 0 },
              suite: 'AES_CBC-256/HMAC_SHA2_256_128/MODP_2048',
              ...{ bytesIn: 252, bytesOut: 168, spiIn: 'c9a1b2c3', spiOut: 'cd0e0f01' },
            },
          ],
        },
      ],
    })
  })

  it('is a tunnel where a child came up as one, and is counted without its packets’ ages', () => {
    const other = answer
      .replace('INSTALLED, TRANSPORT', 'INSTALLED, TUNNEL')
      .replace('252 bytes_i (3 pkts, 2s ago), 168 bytes_o (2 pkts, 2s ago)', '0 bytes_i, 0 bytes_o')
    expect(parseStatusall(other)?.sas[0]?.children[0]).toMatchObject({ mode: 'TUNNEL', bytesIn: 0, bytesOut: 0 })
  })

  it.each(['', 'pluto is not running\n', answer.slice(0, 300), 'Starting strongSwan 5.9.8 IPsec [starter]...\n'])(
    'is none of anything else: %j',
    (text) => expect(parseStatusall(text)).toBeNull(),
  )
})
