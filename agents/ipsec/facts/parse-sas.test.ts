import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConnections, parseSas, parseTraps } from './parse-sas'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')

describe('the SAs of charon', () => {
  it('are those of strongSwan 5.9.8', () => {
    expect(parseSas(fixture('sas-established.txt'))).toEqual([
      {
        name: 'p82',
        state: 'ESTABLISHED',
        version: 2,
        localHost: '10.77.0.81',
        remoteHost: '10.77.0.82',
        ageS: expect.any(Number),
        suite: 'AES_GCM_16-256/PRF_HMAC_SHA2_256/ECP_256',
        children: [
          {
            name: 'p82',
            state: 'INSTALLED',
            mode: 'TRANSPORT',
            suite: 'AES_GCM_16-256',
            bytesIn: expect.any(Number),
            bytesOut: expect.any(Number),
            ageS: expect.any(Number),
            spiIn: expect.stringMatching(/^[0-9a-f]{8}$/),
            spiOut: expect.stringMatching(/^[0-9a-f]{8}$/),
          },
        ],
      },
    ])
  })

  it('are told where the child has no name of its own (before 5.5.2), and where an IKE SA has no child yet', () => {
    const text = `list-sa event {
  a {
    state = CONNECTING
    child-sas {
    }
  }
}
list-sa event {
  a {
    version = 1
    state = ESTABLISHED
    child-sas {
      a {
        state = REKEYED
        encr-alg = AES_CBC
        encr-keysize = 256
        integ-alg = HMAC_SHA2_256_128
        dh-group = MODP_2048
        bytes-in = 12
      }
    }
  }
}
list-sas reply {
}
`
    const [connecting, old] = parseSas(text) ?? []
    expect(connecting).toMatchObject({ state: 'CONNECTING', ageS: 0, suite: '', children: [] })
    expect(old?.children).toMatchObject([
      { name: 'a', state: 'REKEYED', suite: 'AES_CBC-256/HMAC_SHA2_256_128/MODP_2048', bytesIn: 12, bytesOut: 0 },
    ])
  })

  it('are not told by another answer', () => {
    expect(parseSas('')).toBeNull()
    expect(parseSas('connecting to vici failed: No such file or directory\n')).toBeNull()
    expect(parseSas('list-sas reply {\n}\n')).toEqual([])
  })
})

it('tells the names of connections', () => {
  const text =
    'list-conn event {\n  a {\n    version = IKEv2\n  }\n}\nlist-conn event {\n  b-c {\n  }\n}\nlist-conns reply {\n}\n'
  expect(parseConnections(text)).toEqual(['a', 'b-c'])
})

it('tells the children with a trap, as newer and older versions name them', () => {
  const event = (section: string, child = '') =>
    `list-policy event {\n  ${section} {\n${child}    mode = TRANSPORT\n  }\n}\n`
  const text = `${event('a-b/a-b', '    child = a-b\n    ike = a-b\n')}${event('old')}list-policies reply {\n}\n`
  expect(parseTraps(text)).toEqual(['a-b', 'old'])
})
