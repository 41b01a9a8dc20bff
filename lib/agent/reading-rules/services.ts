import { columns, name, number, type WordRule } from './word-rule'

/** At most so many lines of a journal. */
const atMost200 = /^(\d{1,2}|1\d\d|200)$/

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

/** Units, their journals, and the clock. */
export const servicesRules = {
  // One unit's last lines: a whole journal could take minutes.
  journalctl: {
    options: ['--no-pager', '-q'],
    valued: { '-u': name, '-n': atMost200, '-o': /^(cat|short-iso)$/, '--since': /^[\w :.+-]{1,40}$/ },
    needs: ['--no-pager', '-u', '-n'],
  },
  // An init script's `status` is the one word that reads by convention (LSB).
  service: { operand: name, whole: (words) => words.length === 2 && words[1] === 'status' },
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
    whole: (words, [verb = '']) => words.includes('--version') || systemctlVerbs.includes(verb),
  },
  timedatectl: {
    options: ['-a', '--all', '--value', '--no-pager'],
    valued: { '-p': columns, '--property': columns },
    operand: /^(show|status|timesync-status|show-timesync)$/,
  },
} satisfies Readonly<Record<string, WordRule>>
