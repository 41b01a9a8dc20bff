import { describe, expect, it } from 'vitest'
import { hostsForTests, startCapture, startHeartbeats } from '@/e2e/lab/lab'
import { addMembers, areUp, innerOf, labMesh, outerOf, shell, stateOf, useMeshLab } from './testing/mesh-on-hosts'

const six = ['quince', 'medlar', 'damson', 'mulberry', 'walnut', 'almond'] as const
const seventh = 'citron'
const names = [...six, seventh]

/** Runs a change while every host is asked ten times a second, and the wire between all of them is recorded. */
async function watched(what: string, work: () => Promise<unknown>) {
  const hosts = hostsForTests().filter((host) => names.includes(host.name))
  const beats = await startHeartbeats(hosts)
  const capture = await startCapture(...names.map(outerOf))
  const begun = performance.now()
  const [outcome] = await Promise.allSettled([work()])
  const took = (performance.now() - begun) / 1000
  const packets = await capture.stop()
  const ends = await beats.stop()
  const clear = packets.filter(({ protocol }) => protocol === 'ipip').length
  const silences = ends.map(({ silenceMs }, at) => `${hosts[at]?.name} ${silenceMs}`)
  console.log(
    `${what}: ${took.toFixed(0)} s, ${packets.length - clear} packets of ESP, ${clear} in clear; silent for at most (ms): ${silences.join(', ')}`,
  )
  if (outcome.status === 'rejected') throw outcome.reason
  expect(clear).toBe(0)
  expect(Math.max(...ends.map(({ silenceMs }) => silenceMs))).toBeLessThan(2000)
}

/** Packets through the tunnel five times a second until it is stopped; says how many were lost. */
async function startStream(from: string, to: string): Promise<() => Promise<{ sent: number; lost: number }>> {
  await shell(from, `ping -n -q -i 0.2 ${innerOf(to)} >/run/stream-${to} 2>&1 & echo $! >/run/stream-${to}.pid`)
  return async () => {
    const said = await shell(
      from,
      `pid=$(cat /run/stream-${to}.pid); kill -INT "$pid"
n=0; until grep -q received /run/stream-${to}; do n=$((n + 1)); [ $n -lt 20 ] || break; sleep 0.5; done
cat /run/stream-${to}; rm -f /run/stream-${to} /run/stream-${to}.pid`,
    )
    const [, sent = 0, received = 0] = /(\d+) packets transmitted, (\d+) received/.exec(said)?.map(Number) ?? []
    if (sent === 0) throw new Error(`expected ping to tell what it sent, got: ${said}`)
    return { sent, lost: sent - received }
  }
}

describe.skipIf(!areUp(names))('a mesh of six hosts', { timeout: 5_400_000 }, () => {
  const lab = useMeshLab(names, 120)
  const { apply } = lab

  it('is built, grown and shrunk, with every host in reach and nothing in clear', async () => {
    const hosts = await addMembers(lab.db(), names)
    const members = hosts.slice(0, six.length)
    await apply(hosts, { kind: 'prepare' })
    const bare = await stateOf(seventh)

    await watched('one pair', () => apply(members.slice(0, 2), labMesh(members.slice(0, 2))))
    await watched('six members, 15 tunnels', () => apply(members, labMesh(members)))
    for (const from of six) {
      const others = six.filter((name) => name !== from).map(innerOf)
      await shell(from, others.map((address) => `ping -n -q -c 2 -i 0.3 -W 4 -M do -s 1400 ${address}`).join(' && '))
    }
    const ofSix = await Promise.all(six.map(stateOf))

    const stops = await Promise.all(six.slice(1).map((name, at) => startStream(six[at] ?? '', name)))
    await watched('a seventh member', () => apply(hosts, labMesh(hosts)))
    const streams = await Promise.all(stops.map((stop) => stop()))
    console.log(`streams while it came: ${streams.map(({ sent, lost }) => `${lost} of ${sent} lost`).join(', ')}`)
    expect(streams.map(({ lost }) => lost)).toEqual(streams.map(() => 0))

    await watched('the seventh taken out', () => apply(hosts, labMesh(members, hosts.slice(six.length))))
    expect(await stateOf(seventh)).toBe(bare)
    expect(await Promise.all(six.map(stateOf))).toEqual(ofSix)
    await apply(members, labMesh([], members))
  })
})
