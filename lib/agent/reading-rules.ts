import { type ReadingArgv, type ReadingProgram, readingPrograms } from './argv'
import { isReadingSql } from './reading-sql'

/**
 * What one program may be told so that it only reads. `options` stand alone; `valued` take the next word or come as
 * `--option=value`; every other word is an operand and must match `operand`. What is not listed is refused: a program's
 * next release may give any other word a meaning that writes.
 */
interface WordRule {
  options?: readonly string[]
  valued?: Readonly<Record<string, RegExp>>
  operand?: RegExp
  /** Words that must be among them. */
  needs?: readonly string[]
  /** A last word on the whole, where order or a verb matters. */
  whole?: (words: readonly string[]) => boolean
}

const path = /^\/(?!dev(\/|$))(?!.*\/(\/|\.\.(\/|$)))[^\0\n]*$/
const anyPath = /^\/[^\0\n]*$/
const format = /^[^\0]*$/
const name = /^[A-Za-z0-9_][\w.:@+~*?[\]\\-]*$/
const number = /^\d{1,9}$/
const columns = /^\+?[\w,:%.-]+$/

const systemctlVerbs = [
  'cat',
  'get-default',
  'is-active',
  'is-enabled',
  'is-failed',
  'is-system-running',
  'list-dependencies',
  'list-sockets',
  'list-timers',
  'list-unit-files',
  'list-units',
  'show',
  'status',
]
const aptVerbs = ['autoremove', 'dist-upgrade', 'full-upgrade', 'install', 'remove', 'upgrade']
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

// Without option files, which could have it write a log or begin with a statement; over the socket alone.
const sqlClient: WordRule = {
  options: ['--no-defaults', '--batch', '--skip-column-names', '--force'],
  valued: {
    '--user': name,
    '--protocol': /^SOCKET$/,
    '--socket': anyPath,
    '--connect-timeout': number,
    '--default-character-set': /^\w+$/,
    '-e': format,
  },
  whole: (words) =>
    words[0] === '--no-defaults' &&
    words.filter((word) => word === '-e').length === 1 &&
    isReadingSql(words[words.indexOf('-e') + 1] ?? ''),
}

// A server that is asked for its version reads no file and opens no data.
const sqlServer: WordRule = {
  options: ['--no-defaults', '--version'],
  whole: (words) => words.join(' ') === '--no-defaults --version',
}

/** The closed rules, by program. Sources: each program's manual page in Debian 12. */
const wordRules: Readonly<Record<ReadingProgram, WordRule>> = {
  cat: { operand: path },
  df: {
    options: ['-P', '-k', '-i', '-l', '-T', '-a', '-Pk', '-Pi', '-PT', '-PkT', '-Pkl', '-Pil', '--output'],
    valued: { '-t': name, '-x': name, '--output': columns },
    operand: anyPath,
  },
  'dpkg-query': {
    options: [
      '-W',
      '-l',
      '-s',
      '-L',
      '-S',
      '-p',
      '--show',
      '--list',
      '--status',
      '--listfiles',
      '--search',
      '--version',
    ],
    valued: { '-f': format, '--showformat': format },
    operand: /^[\w./*?+:-][^\0]*$/,
  },
  // Without the two empty names, a simulation writes the package cache anew where it is stale.
  'apt-get': {
    options: ['-s', '-q', '-qq'],
    valued: { '-o': /^(Debug::NoLocking=(1|true)|Dir::Cache::(src)?pkgcache=)$/ },
    operand: /^[a-z0-9][a-z0-9+.:~=_-]*$/i,
    needs: ['-s', 'Dir::Cache::pkgcache=', 'Dir::Cache::srcpkgcache='],
    whole: (words) => aptVerbs.includes(operandsOf('apt-get', words)[0] ?? ''),
  },
  date: { options: ['-u'], operand: /^\+[^\0]*$/ },
  getconf: { options: ['-a'], operand: /^(\w+|\/[^\0]*)$/ },
  hostname: { options: ['-f', '-s', '-d', '-i', '-I', '-A', '--fqdn'] },
  id: { options: ['-u', '-g', '-G', '-n', '-r', '-un', '-gn', '-Gn'], operand: name },
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
  lsblk: {
    options: ['-J', '-P', '-b', '-O', '-d', '-n', '-p', '-r', '-a', '-f', '-m', '-t', '-s', '-S', '-l'],
    valued: { '-o': columns, '-e': /^[\d,]+$/, '-I': /^[\d,]+$/ },
    operand: /^\/dev\/[^\0]*$/,
  },
  mariadb: sqlClient,
  mariadbd: sqlServer,
  my_print_defaults: { options: ['--help', '--mysqld'], whole: (words) => words.length === 1 },
  mysql: sqlClient,
  mysqld: sqlServer,
  netstat: { options: ['-l', '-t', '-n', '-p', '-a', '-ltn', '-lnt', '-ltnp', '-tan'] },
  openssl: {
    options: [
      '-noout',
      '-enddate',
      '-startdate',
      '-dates',
      '-subject',
      '-issuer',
      '-serial',
      '-fingerprint',
      '-sha256',
      '-email',
      '-pubkey',
      '-text',
      '-nextupdate',
      '-lastupdate',
      '-a',
      '-v',
    ],
    valued: { '-in': path, '-inform': /^(PEM|DER)$/, '-nameopt': /^[\w,]+$/, '-ext': /^[\w,]+$/, '-checkend': number },
    operand: /^(version|x509|crl)$/,
    whole: (words) =>
      words[0] === 'version' ||
      (['x509', 'crl'].includes(words[0] ?? '') && words.includes('-noout') && words.includes('-in')),
  },
  // Without a word of the form name=value, which edits also without -e (since 2.8).
  postconf: {
    options: ['-n', '-d', '-h', '-f', '-M', '-Mf', '-P', '-m', '-a', '-A'],
    valued: { '-c': path },
    operand: /^[A-Za-z0-9_]+$/,
  },
  postmulti: { options: ['-l'], whole: (words) => words.length === 1 && words[0] === '-l' },
  postqueue: { options: ['-p', '-j'], valued: { '-c': path }, needs: ['-p'] },
  readlink: { options: ['-f', '-e', '-m', '-n'], operand: anyPath },
  rpm: {
    options: ['-q', '-qa', '-qi', '-ql', '-qf', '-qc', '-a', '-i', '-l', '-f', '-c', '--last', '--version', '--query'],
    valued: { '--qf': format, '--queryformat': format },
    operand: /^[\w/.][^\0]*$/,
    whole: (words) => /^(-q[ailfc]?|--query|--version)$/.test(words[0] ?? ''),
  },
  // An init script's `status` is the one word that reads by convention (LSB).
  service: { operand: name, whole: (words) => words.length === 2 && words[1] === 'status' },
  // Never -K, which closes sockets.
  ss: {
    options: ['-l', '-t', '-n', '-p', '-a', '-H', '-4', '-6', '-ltn', '-ltnp', '-ltnH', '-ltnpH', '-tan', '-tanH'],
    operand: /^(state|established|time-wait|listening|[sd]port|=|:\d{1,5}|\(|\))$/,
  },
  stat: { options: ['-L', '-f', '-t'], valued: { '-c': format, '--format': format }, operand: anyPath },
  systemctl: {
    options: [
      '-a',
      '--all',
      '--plain',
      '--no-legend',
      '--no-pager',
      '--failed',
      '--value',
      '-l',
      '--full',
      '-q',
      '--quiet',
      '--version',
      '-r',
      '--recursive',
      '--reverse',
    ],
    valued: {
      '-t': columns,
      '--type': columns,
      '--state': columns,
      '-p': columns,
      '--property': columns,
      '-n': number,
      '--lines': number,
    },
    operand: name,
    whole: (words) => words.includes('--version') || systemctlVerbs.includes(operandsOf('systemctl', words)[0] ?? ''),
  },
  'systemd-detect-virt': {
    options: ['-c', '-v', '-q', '-r', '--container', '--vm', '--quiet', '--chroot', '--private-users'],
  },
  timedatectl: {
    options: ['-a', '--all', '--value', '--no-pager'],
    valued: { '-p': columns, '--property': columns },
    operand: /^(show|status|timesync-status|show-timesync)$/,
  },
  'tuned-adm': {
    operand: /^[\w.-]+$/,
    whole: (words) => ['active', 'list', 'recommend', 'profile_info'].includes(words[0] ?? ''),
  },
  udevadm: {
    options: ['-a', '-x', '-e', '-r', '--attribute-walk', '--export', '--export-db', '--root', '--version'],
    valued: { '-q': columns, '--query': columns, '-n': anyPath, '--name': anyPath, '-p': anyPath, '--path': anyPath },
    operand: /^(info|verify|version|\/[^\0]*)$/,
    whole: (words) => ['info', 'verify', 'version', '--version'].includes(words[0] ?? ''),
  },
  uname: { options: ['-a', '-r', '-m', '-s', '-n', '-v', '-p', '-i', '-o', '-rm', '-srm'] },
  uptime: { options: ['-s', '-p'] },
}

/**
 * Whether a command is one that only reads: its program is in `readingPrograms` and all its words keep that program's
 * closed rule. A command of `each` is asked about with a path behind it, as it will run.
 */
export function isReadingArgv(argv: readonly string[]): argv is ReadingArgv {
  const [program, ...words] = argv
  return isReadingProgram(program) && keepsRule(wordRules[program], words)
}

function isReadingProgram(program: string | undefined): program is ReadingProgram {
  return readingPrograms.some((known) => known === program)
}

function keepsRule(rule: WordRule, words: readonly string[]): boolean {
  const split = splitWords(rule, words)
  if (split === null) return false
  if (split.operands.some((word) => !rule.operand?.test(word))) return false
  if (rule.needs?.some((need) => !words.includes(need))) return false
  return rule.whole?.(words) ?? true
}

function operandsOf(program: ReadingProgram, words: readonly string[]): readonly string[] {
  return splitWords(wordRules[program], words)?.operands ?? []
}

/** The operands, or null when an option is not in the rule or its value does not fit. */
function splitWords(rule: WordRule, words: readonly string[]): { operands: string[] } | null {
  const operands: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word.includes('\0')) return null
    if (!word.startsWith('-')) {
      operands.push(word)
      continue
    }
    if (rule.options?.includes(word)) continue
    const equals = word.indexOf('=')
    const option = equals > 0 ? word.slice(0, equals) : word
    const value = equals > 0 ? word.slice(equals + 1) : words[++at]
    const fits = rule.valued?.[option]
    if (!fits || value === undefined || !fits.test(value)) return null
  }
  return { operands }
}

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
