import type { MeshWish } from '../desired'
import { ownName } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { SWANCTL_CONF, SWANCTL_PUBLIC } from '../paths'
import type { PairFiles } from './pair-files'

/** IPIP, the one protocol that the mesh protects: what travels between two members beside it stays untouched. */
const IPIP = 'dynamic[4]'

/**
 * The files by which charon keeps one pair: swanctl.conf(5) of strongSwan 5.9. Identities are the outer addresses, said on
 * both sides (6.0 would take others); each side knows the other by its raw public key alone. Without `mobike = no` IKEv2 goes
 * over to UDP 4500 in its second exchange.
 */
export function swanctlFiles(mesh: MeshWish, side: Side): PairFiles {
  const { own, peer, name, suite } = side
  const file = ownName(mesh, peer)
  const key = `${file}.pem`
  return {
    publicKey: { path: `${SWANCTL_PUBLIC}/${key}`, bytes: peer.host.facts.publicKey ?? '' },
    connection: {
      path: `${SWANCTL_CONF}/${file}.conf`,
      bytes: `# Mesh ${mesh.tag}: ${own.label} to ${peer.label}, written by Pollux
connections {
  ${name} {
    version = 2
    local_addrs = ${own.outer}
    remote_addrs = ${peer.outer}
    proposals = ${suite.ike}
    mobike = no
    keyingtries = 0
    dpd_delay = 30s
    unique = replace
    local {
      auth = pubkey
      pubkeys = pollux.pem
      id = ${own.outer}
    }
    remote {
      auth = pubkey
      pubkeys = ${key}
      id = ${peer.outer}
    }
    children {
      ${name} {
        mode = transport
        local_ts = ${IPIP}
        remote_ts = ${IPIP}
        esp_proposals = ${suite.esp}
        rekey_time = 1h
        replay_window = 128
      }
    }
  }
}
`,
    },
    trap: {
      path: `${SWANCTL_CONF}/${file}.trap.conf`,
      bytes: `# Mesh ${mesh.tag}: keeps ${own.label} to ${peer.label} up, written by Pollux
connections {
  ${name} {
    children {
      ${name} {
        start_action = trap
        dpd_action = trap
        close_action = trap
      }
    }
  }
}
`,
    },
  }
}
