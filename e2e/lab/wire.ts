import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { insideArgv } from './inside'
import { LabError } from './lab-error'
import { LAB_DIR, LAB_NAME, NETNS_PATH } from './paths'
import { must, run } from './run'

/** Where Pollux and the tests stand on the wire. */
export const GATEWAY = '10.77.0.1'

/** lab0 is the main segment; lab1 has no address of ours: only the host `jump` stands in both. */
export const BRIDGES = ['lab0', 'lab1'] as const
export type Bridge = (typeof BRIDGES)[number]

const MARK = join(LAB_DIR, `wire-${LAB_NAME}`)

/**
 * Dropping everything but ARP is what a cable cut behind the next router looks like: no refusal, no "no route to
 * host", only silence. Port 2222 is the out-of-band channel of user-mode Linux guests.
 */
const CUT_RULES = `table bridge cut {
  set links { type ifname; }
  chain from { type filter hook prerouting priority 0; iifname @links tcp sport 2222 accept; iifname @links ether type != arp drop; }
  chain to { type filter hook postrouting priority 0; oifname @links tcp dport 2222 accept; oifname @links ether type != arp drop; }
}
`

/** Makes the network namespace, its two bridges and the (empty) table of cut links, unless they are there. */
export async function ensureWire(): Promise<void> {
  if (existsSync(NETNS_PATH)) {
    if (existsSync(MARK)) return
    throw new LabError('busy', `Expected no network namespace ${LAB_NAME}, got one that another directory's lab made.`)
  }
  mkdirSync(LAB_DIR, { recursive: true, mode: 0o755 })
  writeFileSync(MARK, '')
  await must(['ip', 'netns', 'add', LAB_NAME])
  const batch = [
    'link set lo up',
    ...BRIDGES.flatMap((bridge) => [`link add ${bridge} type bridge forward_delay 0`, `link set ${bridge} up`]),
    `addr add ${GATEWAY}/24 dev lab0`,
  ]
  await must(insideArgv(['ip', '-batch', '-']), { input: `${batch.join('\n')}\n` })
  // Hosts name us as their gateway, as hosts do; what they send beyond the wire ends here.
  await must(insideArgv(['sh', '-c', 'echo 0 >/proc/sys/net/ipv4/ip_forward']))
  // Without bridge filtering in this kernel, cutLink falls back to the port's state.
  await run(insideArgv(['nft', '-f', '-']), { input: CUT_RULES })
}

/** Takes the namespace away, and with it bridges, taps, veth ends and rules. */
export async function removeWire(): Promise<void> {
  if (!existsSync(MARK)) return
  if (existsSync(NETNS_PATH)) await must(['ip', 'netns', 'del', LAB_NAME])
  await must(['rm', '-f', MARK])
}

/** Makes a link silent in both directions, or lets it speak again. Taking the same side twice is harmless. */
export async function setCut(link: string, isCut: boolean): Promise<void> {
  const verb = isCut ? 'add' : 'delete'
  const done = await run(insideArgv(['nft', verb, 'element', 'bridge', 'cut', 'links', `{ "${link}" }`]))
  if (done.code === 0) return
  const table = await run(insideArgv(['nft', 'list', 'set', 'bridge', 'cut', 'links']))
  if (table.code === 0) {
    if (table.stdout.includes(`"${link}"`) === isCut) return
    throw new LabError('failed', `The link ${link} could not be ${isCut ? 'cut' : 'restored'}: ${done.stderr.trim()}`)
  }
  // A disabled bridge port (state 0) drops every frame and keeps its carrier: as silent, ARP included.
  await must(insideArgv(['bridge', 'link', 'set', 'dev', link, 'state', isCut ? '0' : '3']))
}
