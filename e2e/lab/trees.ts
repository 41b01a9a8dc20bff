import { DEBIAN_USERS, type HostSpec } from './hosts'
import { type Built, ensureBuilt } from './layers'

type Say = (line: string) => void

/** Builds (or finds in the cache) the tree that hosts of this layer stand on. */
export async function ensureTree(layer: HostSpec['layer'], say: Say): Promise<Built> {
  const base = await ensureBase(say)
  switch (layer) {
    case 'fitted':
      return ensureFitted(base, say)
    case 'ifupdown': {
      const upon = [await ensureFitted(base, say)]
      return ensureBuilt(
        { name: 'ifupdown', script: 'build-ifupdown.sh', reads: ['install-into.sh'], upon, seconds: 180 },
        say,
      )
    }
    case 'oldnas':
      return ensureBuilt({ name: 'oldnas', script: 'build-oldnas.sh', uses: [base], seconds: 120 }, say)
    case 'uml':
      return ensureUml(await ensureFitted(base, say), 'uml', say)
    case 'uml-sysv': {
      const fitted = await ensureFitted(base, say)
      const sysv = await ensureBuilt({ name: 'sysv', script: 'build-sysv.sh', upon: [fitted], seconds: 180 }, say)
      return ensureUml(sysv, 'uml-sysv', say)
    }
  }
}

export function ensureBase(say: Say): Promise<Built> {
  return ensureBuilt({ name: 'base', script: 'build-base.sh', seconds: 900 }, say)
}

function ensureFitted(base: Built, say: Say): Promise<Built> {
  const input = DEBIAN_USERS.map((user) => `${user.privilege} ${user.name} ${user.password}\n`).join('')
  return ensureBuilt({ name: 'fitted', script: 'build-fitted.sh', upon: [base], input, seconds: 120 }, say)
}

function ensureUml(below: Built, name: string, say: Say): Promise<Built> {
  return ensureBuilt({ name, script: 'build-uml.sh', upon: [below], seconds: 120 }, say)
}
