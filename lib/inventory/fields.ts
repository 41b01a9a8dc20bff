import { z } from 'zod'
import { readAddress } from './host-address'

export const hostKinds = ['server', 'nas', 'vm'] as const
export type HostKind = (typeof hostKinds)[number]

export const privileges = ['root', 'sudo', 'none'] as const
export type Privilege = (typeof privileges)[number]

export const sshProfiles = ['modern', 'legacy'] as const
export type SshProfile = (typeof sshProfiles)[number]

/** An address in the form that is stored; the message says what is wrong and what would be right. */
export const addressField = z.string('Type an IP address or a name.').transform((typed, ctx) => {
  const reading = readAddress(typed)
  if (reading.ok) return reading.address
  ctx.addIssue({ code: 'custom', message: reading.problem })
  return z.NEVER
})

const portMessage = (input: unknown) => `A port is a whole number from 1 to 65535${shown(input)}.`

/** A TCP port, typed as text or given as a number. */
export const portField = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)], {
    error: (issue) => portMessage(issue.input),
  })
  .refine((port) => Number.isInteger(port) && port >= 1 && port <= 65535, {
    error: (issue) => portMessage(issue.input),
  })

/** A login as `useradd` and directories make them: no blanks, no colon, and no dash in front, which a program would take for an option. */
export const loginField = z
  .string('Type the login, such as root.')
  .trim()
  .min(1, 'Type the login, such as root.')
  .max(64, 'A login has at most 64 characters.')
  .refine(
    (login) => !/[\s:/,"']/.test(login) && !hasControls(login),
    'A login has no spaces, colons, slashes, commas or quotes.',
  )
  .refine((login) => !login.startsWith('-'), 'A login does not begin with -.')

/** What people call a host or a credential's host. It is typed again before removal, so it has no blanks. */
export const hostNameField = z
  .string('Give it a name.')
  .trim()
  .min(1, 'Give it a name.')
  .max(63, 'A name has at most 63 characters.')
  .transform((name) => name.normalize('NFC'))
  .refine(
    (name) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(name),
    'A name begins with a letter or a digit and goes on with letters, digits, dots, - and _.',
  )

export const tagField = z
  .string()
  .trim()
  .transform((tag) => tag.normalize('NFC').toLowerCase())
  .refine(
    (tag) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._:/-]{0,31}$/u.test(tag),
    'A tag has up to 32 letters, digits and . _ : / - and begins with a letter or a digit.',
  )

/** Tags in order, each once. */
export const tagsField = z
  .array(tagField)
  .transform((tags) => [...new Set(tags)].sort())
  .refine((tags) => tags.length <= 20, 'A host has at most 20 tags.')

export const notesField = z.string().max(10_000, 'Notes have at most 10,000 characters.')

export const sudoPasswordField = z.string().max(1024, 'A password has at most 1,024 characters.')

export const credentialNameField = z
  .string('Give the credential a name.')
  .trim()
  .min(1, 'Give the credential a name.')
  .max(80, 'A name has at most 80 characters.')
  .refine((name) => !hasControls(name), 'A name has no control characters.')

// Control, zero-width and bidi characters: they would make two names look the same on the screen.
function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)
}

function shown(input: unknown): string {
  const text = typeof input === 'number' || typeof input === 'string' ? String(input).trim().slice(0, 20) : ''
  return text === '' ? '' : `; this is ${text}`
}
