import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { insideArgv, isInside } from './inside'
import { LabError } from './lab-error'
import { must } from './run'
import { waitUntil } from './wait-until'

/** One packet as it passed the wire. */
export interface WirePacket {
  /** ipip: an IPv4 packet in another, in clear. esp: encrypted. */
  protocol: 'ipip' | 'esp'
  from: string
  to: string
  /** Length of the IPv4 packet. */
  bytes: number
}

export interface Capture {
  /**
   * Ends it, and returns all packets since its start, in their order.
   * @throws LabError when some were lost.
   */
  stop(): Promise<WirePacket[]>
}

type Tcpdump = ChildProcessByStdio<null, Readable, Readable>

/** Numbers of RFC 2003 and RFC 4303. */
const PROTOCOLS = new Map([
  [4, 'ipip'],
  [50, 'esp'],
] as const)

/** Everybody on the main segment, on the port where nobody answers (RFC 863). */
const MARK = { address: '10.77.0.255', port: 9 }

/**
 * Records ESP and ipip among these addresses of the main segment, from outside the hosts: a host's own tcpdump shows a
 * packet again once it is decrypted, the wire does not. Returns once it records.
 * @throws LabError when tcpdump ends before that.
 */
export async function startCapture(...addresses: string[]): Promise<Capture> {
  const of = (end: 'src' | 'dst') => addresses.map((address) => `${end} host ${address}`).join(' or ')
  const wanted = `(${of('src')}) and (${of('dst')}) and (ip proto 4 or ip proto 50)`
  const filter = `(${wanted}) or (udp and dst host ${MARK.address} and dst port ${MARK.port})`
  const argv = ['tcpdump', '-i', 'lab0', '-n', '-s', '96', '--immediate-mode', '-U', '-w', '-', filter]
  const [command = '', ...args] = isInside() ? argv : insideArgv(argv)
  const tcpdump: Tcpdump = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const seen = { pcap: Buffer.alloc(0), words: '' }
  tcpdump.stdout.on('data', (chunk: Buffer) => {
    seen.pcap = Buffer.concat([seen.pcap, chunk])
  })
  tcpdump.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    seen.words += chunk
  })
  const closed = once(tcpdump, 'close')
  const isListening = (): boolean => {
    if (tcpdump.exitCode !== null) throw new LabError('failed', `tcpdump ended: ${seen.words.trim()}`)
    return seen.words.includes('listening on lab0')
  }
  await waitUntil('tcpdump listens', isListening, 20)
  return {
    stop: async () => {
      // What comes after a packet of ours in the file came after it on the wire.
      const port = await sendMark()
      const hasMark = () => parsePcap(seen.pcap).some((packet) => packet.isMark && packet.sourcePort === port)
      await waitUntil('the capture has seen the mark that ends it', hasMark, 20)
      tcpdump.kill('SIGINT')
      await closed
      if (!/^0 packets dropped by kernel$/m.test(seen.words))
        throw new LabError('failed', `Expected a capture without loss, got: ${seen.words.trim()}`)
      return parsePcap(seen.pcap).flatMap((packet) => (packet.isMark ? [] : [packet.packet]))
    },
  }
}

/** Sends one packet to everybody; returns the port it came from. */
async function sendMark(): Promise<number> {
  const script = `const socket = require('node:dgram').createSocket('udp4').bind(() => {
      socket.setBroadcast(true)
      console.log(socket.address().port)
      socket.send('', ${MARK.port}, '${MARK.address}', () => socket.close())
    })`
  const argv = [process.execPath, '-e', script]
  return Number(await must(isInside() ? argv : insideArgv(argv)))
}

type Parsed = { isMark: true; sourcePort: number } | { isMark: false; packet: WirePacket }

/** The whole packets of a pcap file as this machine's tcpdump writes it (pcap-savefile(5)): little-endian, Ethernet. */
function parsePcap(pcap: Buffer): Parsed[] {
  const packets: Parsed[] = []
  let at = 24
  while (at + 16 <= pcap.length) {
    const end = at + 16 + pcap.readUInt32LE(at + 8)
    if (end > pcap.length) break
    packets.push(parseFrame(pcap.subarray(at + 16, end)))
    at = end
  }
  return packets
}

function parseFrame(frame: Buffer): Parsed {
  const ip = frame.subarray(14)
  const protocol = PROTOCOLS.get(ip.readUInt8(9) as 4 | 50)
  if (!protocol) return { isMark: true, sourcePort: ip.readUInt16BE((ip.readUInt8(0) & 15) * 4) }
  const address = (offset: number) => [...ip.subarray(offset, offset + 4)].join('.')
  return { isMark: false, packet: { protocol, from: address(12), to: address(16), bytes: ip.readUInt16BE(2) } }
}
