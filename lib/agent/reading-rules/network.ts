import { parseAddress } from '../ip-address'
import { name, type WordRule } from './word-rule'

const swanctlLists = ['--list-sas', '--list-conns', '--list-pols', '--list-algs', '--stats', '--version']
const ipObjects = [
  'a',
  'addr',
  'address',
  'l',
  'link',
  'maddress',
  'neigh',
  'neighbour',
  'r',
  'route',
  'rule',
  'tunnel',
]

// Without -t it looks only at tables that are there (`iptables -S` makes the table filter); never -f, which writes a file.
const iptablesSave: WordRule = { options: ['-c'] }

/** Devices, routes, rules of the firewall, tunnels and connections. */
export const networkRules = {
  // What it says of the daemon that runs; with another first word it changes something.
  'firewall-cmd': {
    options: [
      '--state',
      '--get-active-zones',
      '--get-default-zone',
      '--list-all',
      '--list-all-zones',
      '--permanent',
      '--direct',
      '--get-all-rules',
    ],
    valued: { '--zone': name },
    whole: (words) => /^--(state|get-\w+-zones?|list-all(-zones)?|get-all-rules)$/.test(words.at(-1) ?? ''),
  },
  hostname: { options: ['-f', '-s', '-d', '-i', '-I', '-A', '--fqdn'] },
  ifconfig: { options: ['-a'] },
  ip: {
    options: [
      '-4',
      '-6',
      '-o',
      '-j',
      '-d',
      '-s',
      '-br',
      '-json',
      '-details',
      '-oneline',
      '-statistics',
      '-brief',
      '-V',
    ],
    operand: /^[\w.:/@%+-]+$/,
    whole: isReadingIp,
  },
  // What strongSwan's starter tells of itself, of all or of one connection. Its other verbs begin, end or read anew.
  ipsec: {
    options: ['--version'],
    operand: /^[a-z][\w-]*$/,
    whole: (words, [verb = '', ...names]) =>
      words.join() === '--version' || (['status', 'statusall', 'listalgs'].includes(verb) && names.length <= 1),
  },
  // -S alone of its commands: prints the rules as the words that would make them. A chain, and a rule's number in it.
  iptables: {
    options: ['-S', '-v', '-V'],
    valued: { '-t': /^(filter|nat|mangle|raw)$/, '-w': /^[1-5]$/ },
    operand: /^[\w.+-]{1,28}$/,
    whole: (words) => words.join() === '-V' || (words.includes('-S') && !words.includes('-V')),
  },
  'iptables-legacy-save': iptablesSave,
  'iptables-save': iptablesSave,
  netstat: { options: ['-l', '-t', '-n', '-p', '-a', '-ltn', '-lnt', '-ltnp', '-tan'] },
  // A word with a semicolon or a blank could hold a second command.
  nft: {
    options: ['-a', '-j', '-n', '-s', '-V'],
    operand: /^[A-Za-z][\w.-]*$/,
    whole: (words, operands) => words.join() === '-V' || isNftList(operands),
  },
  // At most three packets to one address: it changes nothing there, and a name would have to be looked up.
  ping: {
    options: ['-n', '-q'],
    valued: { '-c': /^[1-3]$/, '-W': /^[1-3]$/, '-i': /^(1|0\.[2-9])$/, '-M': /^do$/, '-s': /^\d{1,5}$/ },
    operand: /^[\d.:a-fA-F]+$/,
    needs: ['-n', '-c', '-W'],
    whole: (_, [host = '', ...more]) => more.length === 0 && parseAddress(host) !== null,
  },
  // Never -K, which closes sockets.
  ss: {
    options: ['-l', '-t', '-n', '-p', '-a', '-H', '-4', '-6', '-ltn', '-ltnp', '-ltnH', '-ltnpH', '-tan', '-tanH'],
    operand: /^(state|established|time-wait|listening|[sd]port|=|:\d{1,5}|\(|\))$/,
  },
  // What charon tells of itself. The command stands first, and alone.
  swanctl: {
    options: [...swanctlLists, '--raw', '--pretty', '--noblock', '--trap'],
    valued: { '--ike': name, '--child': name },
    whole: ([first, ...more]) =>
      swanctlLists.includes(first ?? '') && !more.some((word) => swanctlLists.includes(word)),
  },
} satisfies Readonly<Record<string, WordRule>>

/** `ip OBJECT [show|list|ls …]`, `ip route get …`, `ip xfrm policy show`, and `ip xfrm state` only without its keys. */
function isReadingIp(words: readonly string[]): boolean {
  const [object, verb, ...rest] = words.filter((word) => !word.startsWith('-'))
  if (object === undefined) return words.length === 1 && words[0] === '-V'
  const shows = (word: string | undefined) => word === undefined || ['show', 'list', 'ls'].includes(word)
  if (object === 'xfrm') {
    if (verb === 'policy') return shows(rest[0])
    return verb === 'state' && shows(rest[0]) && rest.includes('nokeys')
  }
  if (['r', 'route'].includes(object) && verb === 'get') return true
  return ipObjects.includes(object) && shows(verb)
}

/** `nft list ruleset`, `list tables`, or one table or chain by its family and names. */
function isNftList([verb, what, ...names]: readonly string[]): boolean {
  if (verb !== 'list') return false
  const most = { ruleset: 0, tables: 1, table: 2, chain: 3 }[what ?? '']
  return most !== undefined && names.length <= most
}
