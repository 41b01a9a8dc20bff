import { refuse } from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import { type Hooks, plainHooks, ufwHooks } from './iptables/read'
import { SAVED_RULES, UFW_RULES } from './names'

/** By what the rules are set on a host. */
export type Mechanism =
  /** `file`: what loads them at boot; null where nothing of the admin's does. */
  { kind: 'iptables'; hooks: Hooks; file: string | null } | { kind: 'nft' } | { kind: 'firewalld' } | { kind: 'none' }

/**
 * By what a mesh's rules are set, by what is there. A host without any rules gets them in nftables where it can: what comes
 * there goes without a trace; where iptables is of the old kind, there.
 * Throws `invalid`, with what to open by hand, where it would have to guess.
 */
export function mechanismOf(name: string, facts: IpsecFacts): Mechanism {
  const found = findMechanism(name, facts)
  if (typeof found === 'string') throw refuse(found)
  return found
}

/** The same; where it would have to guess, the sentence that says so. */
export function findMechanism(name: string, { firewall, files }: IpsecFacts): Mechanism | string {
  switch (firewall.tool) {
    case 'iptables':
      if (firewall.iptables === null) return unread(name, 'iptables')
      return { kind: 'iptables', hooks: plainHooks, file: firewall.isPersistent ? loadedFile(files) : null }
    case 'ufw':
      if (!firewall.iptables?.includes('-N ufw-before-input')) return unread(name, 'ufw’s rules by iptables')
      return { kind: 'iptables', hooks: ufwHooks, file: UFW_RULES }
    case 'nftables':
      if (firewall.nft === null) return unread(name, 'nft')
      return { kind: 'nft' }
    case 'firewalld':
      if (!firewall.nft?.includes('table inet firewalld {'))
        return `firewalld on ${name} does not work with nftables. ${byHand}`
      return { kind: 'firewalld' }
    case 'shorewall':
      return `Shorewall makes the rules of ${name} from its own files. ${byHand}`
    case 'unclear':
      return `What rules the packets of ${name} is not clear: ${firewall.because} ${byHand}`
    case 'none':
      // Where iptables is set to its old kind the kernel may have no nftables for IPv4, whose empty list looks the same.
      if (firewall.nft !== null && !(firewall.iptables !== null && firewall.iptablesBackend === 'legacy'))
        return { kind: 'nft' }
      return firewall.iptables === null ? { kind: 'none' } : { kind: 'iptables', hooks: plainHooks, file: null }
  }
}

/** What the mesh needs, for an admin who sets it. */
const byHand =
  'Pollux leaves them alone. The mesh needs, from and to each other member: ESP (protocol 50), UDP 500 and 4500, IP in IP (protocol 4) inside IPsec alone and dropped outside it, and all that comes over its tunnels.'

function unread(name: string, what: string): string {
  return `${name} did not tell its rules: ${what} could not be asked.`
}

/** The rules that netfilter-persistent loads, where there are any. */
function loadedFile(files: IpsecFacts['files']): string | null {
  return fileAt(files, SAVED_RULES).state === 'absent' ? null : SAVED_RULES
}
