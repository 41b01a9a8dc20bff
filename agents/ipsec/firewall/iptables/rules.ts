import type { Guarded } from '../guarded'
import { chainsOf, type Tagged, type Way, ways } from '../names'

/**
 * The rules of a mesh for iptables, as `iptables -S` has them, without the jumps from the admin's chains. A packet that is no
 * mesh's meets the four of the gate alone, however many peers there are. What is not protected is told by `--pol none`, so
 * that no rule hangs on the order of the others (iptables-extensions(8), policy). No source port is asked for: NAT changes it.
 */
export function ruleLines(guarded: Guarded): string[] {
  return ways.flatMap((way) => linesOf(guarded, way))
}

function linesOf({ tag, own, peers }: Guarded, way: Way): string[] {
  if (own === null) return []
  const { gate, devices, peers: byAddress, peer } = chainsOf({ tag }, way)
  const [host, other, device] = way === 'in' ? ['-d', '-s', '-i'] : ['-s', '-d', '-o']
  const outer = (protocol: string) => `-A ${gate} ${host} ${own}/32 -p ${protocol} -j ${byAddress}`
  return [
    `-A ${gate} ${device} ${tag}-+ -j ${devices}`,
    outer('50'),
    outer('udp -m multiport --dports 500,4500'),
    outer('4'),
    ...peers.flatMap((one) => [
      `-A ${byAddress} ${other} ${one.address}/32 -j ${peer}`,
      `-A ${devices} ${device} ${one.device} -j ACCEPT`,
    ]),
    `-A ${peer} -p 4 -m policy --dir ${way} --pol none -j DROP`,
    `-A ${peer} -p 50 -j ACCEPT`,
    `-A ${peer} -p udp -j ACCEPT`,
    `-A ${peer} -p 4 -m policy --dir ${way} --pol ipsec -j ACCEPT`,
  ]
}

/** Every chain that the mesh's rules stand in, the gates first. */
export function ownChains(mesh: Tagged): string[] {
  const [into, out] = [chainsOf(mesh, 'in'), chainsOf(mesh, 'out')]
  const rest = ({ devices, peers, peer }: typeof into) => [devices, peers, peer]
  return [into.gate, out.gate, ...rest(into), ...rest(out)]
}

const protocols: Readonly<Record<string, string>> = { esp: '50', ipencap: '4', ipv4: '4', ipip: '4', '17': 'udp' }

/**
 * A rule in one form, whichever release of iptables printed it: options in order, protocols by their number, without the
 * counters before it and the names of the matches that the options tell anyway.
 */
export function sameRule(line: string): string {
  const words = line.replace(/^\[\d+:\d+\] /, '').split(/ +/)
  const options: string[] = []
  for (const word of words.filter((each) => each !== '')) {
    const last = word.startsWith('-') ? undefined : options.pop()
    options.push(last === undefined ? word : `${last} ${word}`)
  }
  return options
    .filter((option) => !option.startsWith('-m '))
    .map((option) =>
      option.replace(/^(-[sd] [\d.]+)$/, '$1/32').replace(/^-p (\S+)$/, (_, name) => `-p ${numberOf(name)}`),
    )
    .toSorted()
    .join(' ')
}

function numberOf(name: string): string {
  return protocols[name] ?? name
}
