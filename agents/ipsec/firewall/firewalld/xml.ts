import type { Guarded } from '../guarded'
import { firewalldNames } from '../names'

/**
 * firewalld's files of a mesh: a zone that holds the tunnels, and a policy for what comes to the host from anywhere, which
 * firewalld asks before each zone (firewalld.policy(5), a priority below 0). Its rules are about the peers' addresses
 * alone, so that their other packets go on as before. What is not protected was dropped before.
 */
export function firewalldFiles(guarded: Guarded): { zone: string; policy: string } {
  return { zone: zoneText(guarded), policy: policyText(guarded) }
}

function zoneText({ tag, peers }: Guarded): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<zone target="ACCEPT">
  <short>${firewalldNames({ tag }).zone}</short>
  <description>The tunnels of the mesh ${tag}. Written by Pollux.</description>
${peers.map(({ device }) => `  <interface name="${device}"/>\n`).join('')}</zone>
`
}

function policyText({ tag, own, peers }: Guarded): string {
  const kinds = ['<protocol value="esp"/>', port(500), port(4500), '<protocol value="4"/>']
  const rules = peers.flatMap(({ address }) => kinds.map((kind) => ruleText(address, own ?? '', kind)))
  return `<?xml version="1.0" encoding="utf-8"?>
<policy target="CONTINUE" priority="-100">
  <short>${firewalldNames({ tag }).policy}</short>
  <description>What the other members of the mesh ${tag} may send. Written by Pollux.</description>
  <ingress-zone name="ANY"/>
  <egress-zone name="HOST"/>
${rules.join('')}</policy>
`
}

function port(number: number): string {
  return `<port port="${number}" protocol="udp"/>`
}

function ruleText(peer: string, own: string, kind: string): string {
  return `  <rule family="ipv4">
    <source address="${peer}"/>
    <destination address="${own}"/>
    ${kind}
    <accept/>
  </rule>
`
}
