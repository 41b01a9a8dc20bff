import { format, type WordRule } from './word-rule'

const aptVerbs = ['autoremove', 'dist-upgrade', 'full-upgrade', 'install', 'remove', 'upgrade']

/** Package managers, asked what they have or would do. */
export const packagesRules = {
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
    whole: (_, [verb = '']) => aptVerbs.includes(verb),
  },
  rpm: {
    options: ['-q', '-qa', '-qi', '-ql', '-qf', '-qc', '-a', '-i', '-l', '-f', '-c', '--last', '--version', '--query'],
    valued: { '--qf': format, '--queryformat': format },
    operand: /^[\w/.][^\0]*$/,
    whole: (words) => /^(-q[ailfc]?|--query|--version)$/.test(words[0] ?? ''),
  },
} satisfies Readonly<Record<string, WordRule>>
