import type { IpsecDesired } from '@/agents/ipsec'
import { preparedWith } from '@/agents/ipsec/testing/prepared'
import { hostWith } from '@/agents/ipsec/tunnel/testing'

/** The wish for a mesh of that many members, and its hosts as they are once they were prepared. */
export function meshOf(size: number, tag = 'bench') {
  const key = 'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA'.padEnd(560, 'x')
  const addressOf = (at: number) => `198.51.${100 + Math.floor(at / 200)}.${1 + (at % 200)}`
  const hosts = Array.from({ length: size }, (_, at) =>
    hostWith(`${tag}-${at}`, {
      address: addressOf(at),
      ...preparedWith(''),
      publicKey: `-----BEGIN PUBLIC KEY-----\n${key}${at}\n-----END PUBLIC KEY-----\n`,
    }),
  )
  const wish: IpsecDesired = {
    ...{ kind: 'mesh', tag, name: 'Bench', prefix: '10.20.0.0/16', profile: 'modern', leaving: [] },
    members: hosts.map(({ hostId }, at) => ({
      ...{ hostId, label: `m${at}`, outer: addressOf(at), inner: `10.20.1.${at + 1}` },
    })),
    innerNames: false,
    foreign: [],
  }
  return { hosts, wish }
}
