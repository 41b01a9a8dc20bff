import { anyPath, columns, format, name, path, type WordRule } from './word-rule'

/** What tells of files and the disks they lie on. */
export const filesRules = {
  cat: { operand: path },
  df: {
    options: ['-P', '-k', '-i', '-l', '-T', '-a', '-Pk', '-Pi', '-PT', '-PkT', '-Pkl', '-Pil', '--output'],
    valued: { '-t': name, '-x': name, '--output': columns },
    operand: anyPath,
  },
  ls: {
    options: ['-l', '-n', '-a', '-d', '-1'],
    operand: anyPath,
    whole: (_, paths) => paths.length > 0,
  },
  lsblk: {
    options: ['-J', '-P', '-b', '-O', '-d', '-n', '-p', '-r', '-a', '-f', '-m', '-t', '-s', '-S', '-l'],
    valued: { '-o': columns, '-e': /^[\d,]+$/, '-I': /^[\d,]+$/ },
    operand: /^\/dev\/[^\0]*$/,
  },
  readlink: { options: ['-f', '-e', '-m', '-n'], operand: anyPath },
  stat: { options: ['-L', '-f', '-t'], valued: { '-c': format, '--format': format }, operand: anyPath },
} satisfies Readonly<Record<string, WordRule>>
