import type { IpsecFacts } from '../facts/facts'

/** Why the host's kernel cannot carry a mesh, as a sentence; null where it can, or nobody could tell. */
export function whyNoKernel(name: string, { kernel }: Pick<IpsecFacts, 'kernel'>): string | null {
  if (kernel.hasEsp === false) return `The kernel of ${name} (${kernel.release}) has no ESP, so no IPsec runs on it.`
  if (kernel.hasIpip === false)
    return `The kernel of ${name} (${kernel.release}) has no IP-IP tunnels. Containers often lack the module ipip.`
  return null
}
