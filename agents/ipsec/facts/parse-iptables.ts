/** One chain of a table of `iptables-save`. */
export interface IptablesChain {
  name: string
  /** "ACCEPT", "DROP"; null for a chain that somebody made. */
  policy: string | null
}

/** What `iptables-save` says of the table filter. */
export interface IptablesFilter {
  chains: IptablesChain[]
  /** "-A INPUT -i lo -j ACCEPT", in their order, without counters. */
  rules: string[]
}

const BUILT_IN = ['INPUT', 'FORWARD', 'OUTPUT']

/**
 * The table filter of `iptables-save`, which prints tables that are there and makes none. One that is not there lets
 * everything through, which `iptables -S` would print just so. Null where the text is no such answer, or not all of it.
 */
export function parseIptablesSave(text: string): IptablesFilter | null {
  if (/^\*/m.test(text) && !/\nCOMMIT\n(#[^\n]*\n)*$/.test(text)) return null
  const filter = /^\*filter\n([\s\S]*?)^COMMIT$/m.exec(text)?.[1]
  if (filter === undefined) return { chains: BUILT_IN.map((name) => ({ name, policy: 'ACCEPT' })), rules: [] }
  const lines = filter.split('\n')
  const chains = lines.flatMap((line): IptablesChain[] => {
    const [, name = '', policy = ''] = /^:(\S+) (\S+)/.exec(line) ?? []
    return name ? [{ name, policy: policy === '-' ? null : policy }] : []
  })
  const rules = lines.map((line) => line.replace(/^\[\d+:\d+\] /, '')).filter((line) => line.startsWith('-A '))
  return { chains, rules }
}

/** As `iptables -S` prints it: policies, made chains, rules. */
export function printRules({ chains, rules }: IptablesFilter): string {
  const lines = [
    ...chains.filter(({ policy }) => policy !== null).map(({ name, policy }) => `-P ${name} ${policy}`),
    ...chains.filter(({ policy }) => policy === null).map(({ name }) => `-N ${name}`),
    ...rules,
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Chains of programs that look after their own packets alone, and Pollux's own: who has only these is ruled by nobody. */
const NOBODYS = /^(DOCKER|LIBVIRT_|KUBE-|CNI-|cali-|FLANNEL|NETAVARK|POLLUX-)/

/** Whether the table rules what comes to the host or goes out from it: by a policy or by a rule that somebody made. */
export function rulesHost({ chains, rules }: IptablesFilter): boolean {
  const isClosed = chains.some(({ name, policy }) => ['INPUT', 'OUTPUT'].includes(name) && policy === 'DROP')
  return (
    isClosed ||
    rules.some((rule) => {
      const target = / -[jg] (\S+)/.exec(rule)?.[1] ?? ''
      return /^-A (INPUT|OUTPUT) /.test(rule) && !NOBODYS.test(target)
    })
  )
}

/** Whether there is a chain whose name begins like this. */
export function hasChain({ chains }: IptablesFilter, front: string): boolean {
  return chains.some(({ name }) => name.startsWith(front))
}
