import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type Answer, decode, encode, type Packet, TRUNCATED_RESPONSE } from 'dns-packet'

/** What a name has: records by type, or how the server fails at it. */
export type Zone = Record<string, Partial<Record<'A' | 'AAAA' | 'CNAME' | 'PTR', string[]>> & Texts & Failure>

interface Texts {
  TXT?: (string | string[])[]
  MX?: [preference: number, exchange: string][]
  /** Its answer is too long for a datagram. */
  isLong?: boolean
}

interface Failure {
  /** By type, or for all of them. */
  fails?: How | Partial<Record<string, How>>
}

type How = 'SERVFAIL' | 'REFUSED' | 'FORMERR' | 'silent' | 'rubbish'

const codes = { FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }
const authoritative = 1 << 10

/** A DNS server on loopback that knows what the test says. `asked` are the questions so far, "TXT example.org". */
export async function startDns(zone: Zone): Promise<{ server: string; asked: string[]; stop(): Promise<void> }> {
  const asked: string[] = []
  const udp = createSocket('udp4')
  udp.on('message', (bytes, from) => {
    const answer = answerTo(zone, bytes, asked, 'udp')
    if (answer !== null) udp.send(answer, from.port, from.address)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const { port } = udp.address()
  const open = new Set<Socket>()
  const tcp = createServer((socket) => {
    open.add(socket)
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        const answer = answerTo(zone, bytes.subarray(2), asked, 'tcp')
        if (answer !== null)
          socket.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 255]), answer]))
      })
  }).listen(port, '127.0.0.1')
  await once(tcp, 'listening')
  return {
    server: `127.0.0.1:${port}`,
    asked,
    async stop() {
      for (const socket of open) socket.destroy()
      udp.close()
      tcp.close()
      await once(tcp, 'close')
    },
  }
}

function answerTo(zone: Zone, bytes: Buffer, asked: string[], over: 'udp' | 'tcp'): Buffer | null {
  const query = decode(bytes)
  const question = query.questions?.[0]
  if (question === undefined) return null
  const { name, type } = question
  asked.push(`${type} ${name}`)
  const known = zone[name.toLowerCase()]
  const how = typeof known?.fails === 'string' ? known.fails : known?.fails?.[type]
  if (how === 'silent') return null
  if (how === 'rubbish') return Buffer.concat([bytes.subarray(0, 2), Buffer.from('no DNS answer at all')])
  const reply = (flags: number, answers: Answer[] = []): Packet => ({
    type: 'response',
    id: query.id,
    flags: authoritative | flags,
    questions: query.questions,
    answers,
  })
  if (how !== undefined) return encode(reply(codes[how]))
  if (known === undefined) return encode(reply(codes.NXDOMAIN))
  if (known.isLong && over === 'udp') return encode(reply(TRUNCATED_RESPONSE))
  return encode(reply(0, answersOf(name, type, known)))
}

function answersOf(name: string, type: string, known: Zone[string]): Answer[] {
  const of = (kind: string, data: unknown) => ({ name, type: kind, ttl: 60, data }) as Answer
  switch (type) {
    case 'A':
    case 'AAAA':
    case 'PTR':
      return [
        ...(known.CNAME ?? []).map((target) => of('CNAME', target)),
        ...(known[type] ?? []).map((value) => of(type, value)),
      ]
    case 'CNAME':
      return (known.CNAME ?? []).map((target) => of('CNAME', target))
    case 'MX':
      return (known.MX ?? []).map(([preference, exchange]) => of('MX', { preference, exchange }))
    case 'TXT':
      return (known.TXT ?? []).map((text) => of('TXT', text))
    default:
      return []
  }
}
