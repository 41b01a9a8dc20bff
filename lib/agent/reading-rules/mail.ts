import { path, type WordRule } from './word-rule'

/** Postfix, asked for its settings and its queue. */
export const mailRules = {
  // Without a word of the form name=value, which edits also without -e (since 2.8).
  postconf: {
    options: ['-n', '-d', '-h', '-f', '-M', '-Mf', '-P', '-m', '-a', '-A'],
    valued: { '-c': path },
    operand: /^[A-Za-z0-9_]+$/,
  },
  postmulti: { options: ['-l'], whole: (words) => words.length === 1 && words[0] === '-l' },
  postqueue: { options: ['-p', '-j'], valued: { '-c': path }, needs: ['-p'] },
} satisfies Readonly<Record<string, WordRule>>
