import type { Mesh } from '../mesh/names'
import { ownName } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { IPSEC_D, STARTER_KEYS } from '../paths'
import type { PairFile, PairFiles } from './pair-files'
import { toRfc3110 } from './rfc3110'

/** IP-IP, the one protocol that the mesh protects. */
const IPIP = '4'

/**
 * strongSwan's ipsec.conf(5), of the starter: the connection, the peer's public key in PEM, and what has the kernel ask for
 * it, whose section joins the connection's (5.2.0 and newer; an older starter knows one section of a name). They count where
 * /etc/ipsec.conf includes them, which a preparation sees to. A suite with `!` is the only one that is offered and taken.
 */
export function starterFiles(mesh: Mesh, side: Side): PairFiles {
  const { own, peer, name, suite } = side
  const file = ownName(mesh, peer)
  const key = `${file}.pem`
  return {
    publicKey: { path: `${STARTER_KEYS}/${key}`, bytes: peer.host.facts.publicKey ?? '' },
    connection: {
      path: `${IPSEC_D}/${file}.conf`,
      bytes: `# Mesh ${mesh.tag}: ${own.label} to ${peer.label}, written by Pollux
conn ${name}
	keyexchange=ikev2
	type=transport
	left=${own.outer}
	leftid=${own.outer}
	leftauth=pubkey
	leftsigkey=pollux.pem
	leftprotoport=${IPIP}
	right=${peer.outer}
	rightid=${peer.outer}
	rightauth=pubkey
	rightsigkey=${key}
	rightprotoport=${IPIP}
	ike=${suite.ike}!
	esp=${suite.esp}!
	mobike=no
	keyingtries=%forever
	dpddelay=30s
	dpdaction=clear
	lifetime=1h
	replay_window=128
	auto=add
`,
    },
    trap: {
      path: `${IPSEC_D}/${file}.trap.conf`,
      bytes: `# Mesh ${mesh.tag}: keeps ${own.label} to ${peer.label} up, written by Pollux
conn ${name}
	dpdaction=hold
	closeaction=hold
	auto=route
`,
    },
  }
}

/**
 * libreswan's ipsec.conf(5), which includes /etc/ipsec.d/*.conf as it is shipped. Both keys stand in the connection; the
 * private half of the own one is in NSS. Null where a key is none of RSA: raw keys of other kinds it has no word for.
 */
export function libreswanFile(mesh: Mesh, side: Side, isTrapped: boolean): PairFile | null {
  const { own, peer, name, suite } = side
  const [ownKey, peerKey] = [own, peer].map(({ host }) => toRfc3110(host.facts.publicKey ?? ''))
  if (!ownKey || !peerKey) return null
  return {
    path: `${IPSEC_D}/${ownName(mesh, peer)}.conf`,
    bytes: `# Mesh ${mesh.tag}: ${own.label} to ${peer.label}, written by Pollux
conn ${name}
	ikev2=insist
	authby=rsasig
	type=transport
	left=${own.outer}
	leftid=${own.outer}
	leftrsasigkey=0s${ownKey}
	leftprotoport=${IPIP}
	right=${peer.outer}
	rightid=${peer.outer}
	rightrsasigkey=0s${peerKey}
	rightprotoport=${IPIP}
	ike=${suite.libreswanIke}
	esp=${suite.libreswanEsp}
	mobike=no
	keyingtries=%forever
	dpddelay=30s
	dpdtimeout=120s
	dpdaction=${isTrapped ? 'hold' : 'clear'}
	salifetime=1h
	replay-window=128
	failureshunt=drop
	negotiationshunt=drop
	auto=${isTrapped ? 'ondemand' : 'add'}
`,
  }
}
