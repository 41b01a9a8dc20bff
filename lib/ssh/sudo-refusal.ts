import type { AppError } from '@/lib/errors'
import { connectionError } from './connection-error'
import type { SshTarget } from './types'

/** Why sudo did not run a command. */
export type SudoRefusal =
  | 'wrong-password'
  | 'password-needed'
  | 'not-allowed'
  | 'tty-needed'
  | 'missing'
  | 'no-answer'
  | 'unknown'

// sudo exits with 1 for each of these, so its words are all there is; it runs with LC_ALL=C (sudo 1.7 to 1.9, sudo-rs).
const words: readonly (readonly [SudoRefusal, RegExp])[] = [
  ['tty-needed', /must have a tty|no tty present/i],
  [
    'wrong-password',
    /incorrect password attempt|incorrect authentication attempt|sorry, try again|maximum \d+ incorrect/i,
  ],
  [
    'not-allowed',
    /not in the sudoers file|is not allowed to (execute|run)|may not run sudo|i'm sorry .*\. i'm afraid i can't do that/i,
  ],
  ['password-needed', /a password is required|interactive authentication is required|authentication required/i],
]

/** Reads why sudo refused from what it printed and how it ended. */
export function readSudoRefusal(stderr: string, exitCode: number | null): SudoRefusal {
  // env(1): 127 when the program was not found.
  if (exitCode === 127) return 'missing'
  return words.find(([, pattern]) => pattern.test(stderr))?.[0] ?? 'unknown'
}

const sentences: Record<SudoRefusal, (target: SshTarget, stderr: string) => string> = {
  'wrong-password': ({ name, user }) =>
    `sudo on ${name} does not accept the stored password of ${user}. Store the right one; it is not tried again until then.`,
  'password-needed': ({ name, user, sudoPassword }) =>
    sudoPassword !== undefined
      ? `sudo on ${name} wants a password now, which it did not before. Nothing ran. Try again: the stored password is used then.`
      : `sudo on ${name} wants a password from ${user}, and none is stored. Store it with the credential, or let ${user} use sudo without one.`,
  'not-allowed': ({ name, user }) =>
    `${user} may not become root on ${name}. Add the user to sudoers there (all commands as root), or use another login.`,
  'tty-needed': ({ name, user }) =>
    `sudo on ${name} wants a terminal. Put "Defaults:${user} !requiretty" into its sudoers, or log in as root.`,
  missing: ({ name }) => `There is no sudo on ${name}. Install it, or use a login that is root.`,
  'no-answer': ({ name }) =>
    `sudo on ${name} neither ran the command nor asked for the password in time. Its login modules (PAM) may ask for something else, or its name look-ups hang.`,
  unknown: ({ name }, stderr) =>
    `sudo on ${name} did not run the command${stderr === '' ? '' : `; it said: ${stderr}`}`,
}

/** The error of a sudo that refused; nothing ran as root. */
export function sudoRefused(target: SshTarget, refusal: SudoRefusal, stderr: string): AppError {
  const said = stderr.trim().slice(0, 500)
  return connectionError(
    'forbidden',
    target,
    'privilege',
    `expected sudo to run a command, got a refusal (${refusal})`,
    sentences[refusal](target, said),
    { data: { refusal, stderr: said } },
  )
}

/** The error of a host whose login cannot become root. */
export function noPrivilege(target: SshTarget): AppError {
  return connectionError(
    'forbidden',
    target,
    'privilege',
    'expected a login that can become root, got one that cannot',
    `The login ${target.user} on ${target.name} is set to work without root. Choose root or sudo for this host first.`,
  )
}
