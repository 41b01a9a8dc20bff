import type { Foreign } from './foreign'

/** "the connection web of swanctl" */
export function inWords({ kind, name }: Pick<Foreign, 'kind' | 'name'>): string {
  switch (kind) {
    case 'swanctl':
      return `the connection ${name} of swanctl`
    case 'loaded':
      return `the connection ${name}, which no file of swanctl tells of,`
    case 'ipsec.conf':
      return `the connection ${name} of ipsec.conf`
    case 'setkey':
      return `setkey's policy between ${name}`
    case 'tunnel':
      return `the tunnel ${name}`
    case 'policy':
      return `a policy of the kernel between ${name}`
  }
}

/** The same, with where it stands. */
export function inWordsWithPlace(foreign: Foreign): string {
  const [first, ...more] = foreign.places
  if (first === undefined) return inWords(foreign)
  return `${inWords(foreign)} (${first}${more.length > 0 ? ` and ${more.length} more` : ''})`
}
