import type { KernelFacts } from './facts'

/** What `modinfo -n` said of one module. */
export interface ModuleAnswer {
  /** Standard output: the module's path, or "(builtin)". Null where there is no modinfo. */
  said: string | null
  complaint: string
}

/** The modules that a mesh needs, by what each is for. */
export const MODULES = {
  hasEsp: 'esp4',
  hasIpip: 'ipip',
  hasXfrm: 'xfrm_user',
  hasPolicyMatch: 'xt_policy',
} as const

type Need = keyof typeof MODULES

/**
 * What the running kernel has or can load. A module that is loaded is there; one that modinfo finds could be loaded. That it
 * finds none counts only where it has the kernel's list: in a container, or after the kernel was replaced, it has none.
 */
export function parseKernel(
  release: string,
  loaded: string,
  answers: Readonly<Record<Need, ModuleAnswer>>,
): KernelFacts {
  const names = new Set(loaded.split('\n').map((line) => line.split(' ')[0]))
  const has = (need: Need): boolean | null => {
    const { said, complaint } = answers[need]
    if (names.has(MODULES[need]) || /^(\/\S|\(builtin\))/.test(said?.trim() ?? '')) return true
    return /\bModule \S+ not found\b/.test(complaint) && !/could not open/i.test(complaint) ? false : null
  }
  return {
    release,
    hasEsp: has('hasEsp'),
    hasIpip: has('hasIpip'),
    hasXfrm: has('hasXfrm'),
    hasPolicyMatch: has('hasPolicyMatch'),
  }
}
