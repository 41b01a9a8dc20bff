import { anyPath, columns, name, number, path, type WordRule } from './word-rule'

/** The machine, its kernel and its users; certificates. */
export const machineRules = {
  date: { options: ['-u'], operand: /^\+[^\0]*$/ },
  getconf: { options: ['-a'], operand: /^(\w+|\/[^\0]*)$/ },
  id: { options: ['-u', '-g', '-G', '-n', '-r', '-un', '-gn', '-Gn'], operand: name },
  modinfo: { options: ['-n'], operand: /^\w+$/, needs: ['-n'] },
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
  'systemd-detect-virt': {
    options: ['-c', '-v', '-q', '-r', '--container', '--vm', '--quiet', '--chroot', '--private-users'],
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
} satisfies Readonly<Record<string, WordRule>>
