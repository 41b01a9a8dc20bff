import type { Mesh } from '../mesh/names'
import { ownName } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { toRfc3110 } from './rfc3110'

/** A pair in the words of ipsec.conf, for a daemon that is not told by swanctl. */
export interface ConfFile {
  path: string
  bytes: string
}

/** Whether the daemon only knows the connection, or the kernel asks for it. */
export type Asked = 'known' | 'trapped'

const FOLDER = '/etc/ipsec.d'
/** IP-IP, the one protocol that the mesh protects. */
const IPIP = '4'

/**
 * strongSwan's ipsec.conf(5), of the starter: the connection and the peer's public key in PEM. It counts only where
 * /etc/ipsec.conf includes /etc/ipsec.d/*.conf, which Debian's does not, and where ipsec.secrets names the host's own key.
 * A suite with `!` is the only one that is offered and taken.
 */
export function starterFiles(mesh: Mesh, side: Side, asked: Asked): { connection: ConfFile; publicKey: ConfFile } {
  const { own, peer, name, suite } = side
  const file = ownName(mesh, peer)
  const key = `${file}.pem`
  return {
    publicKey: { path: `${FOLDER}/certs/${key}`, bytes: peer.host.facts.publicKey ?? '' },
    connection: {
      path: `${FOLDER}/${file}.conf`,
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
	dpdaction=${asked === 'trapped' ? 'hold' : 'clear'}
	lifetime=1h
	replay_window=128
	auto=${asked === 'trapped' ? 'route' : 'add'}
`,
    },
  }
}

/**
 * libreswan's ipsec.conf(5), which includes /etc/ipsec.d/*.conf as it is shipped. Both keys stand in the connection; the
 * private half of the own one is in NSS. Null where a key is none of RSA: raw keys of other kinds it has no word for.
 */
export function libreswanFile(mesh: Mesh, side: Side, asked: Asked): ConfFile | null {
  const { own, peer, name, suite } = side
  const [ownKey, peerKey] = [own, peer].map(({ host }) => toRfc3110(host.facts.publicKey ?? ''))
  if (!ownKey || !peerKey) return null
  return {
    path: `${FOLDER}/${ownName(mesh, peer)}.conf`,
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
	dpdaction=${asked === 'trapped' ? 'hold' : 'clear'}
	salifetime=1h
	replay-window=128
	failureshunt=drop
	negotiationshunt=drop
	auto=${asked === 'trapped' ? 'ondemand' : 'add'}
`,
  }
}
