import { z } from 'zod'
import { roles } from '@/lib/auth/actor'
import { shortestPassword } from '@/lib/auth/auth'
import { isEasyToGuess } from './password-strength'

export const nameField = z.string().trim().min(1, 'Type a name.').max(80, 'A name has at most 80 characters.')

export const emailField = z.string().trim().toLowerCase().pipe(z.email('This is not an e-mail address.').max(254))

export const newPasswordField = z
  .string()
  .min(shortestPassword, `A password has at least ${shortestPassword} characters. A sentence is a good one.`)
  .max(256, 'A password has at most 256 characters.')
  .refine(
    (password) => !isEasyToGuess(password),
    'This password is among the first that somebody tries. Choose another one.',
  )

/** The password that one has, asked before something grave. */
export const ownPasswordField = z
  .string()
  .min(1, 'Type the password that you have now.')
  .max(256, 'No password here is longer than 256.')

/** Of an authenticator app, or a recovery code. */
export const codeField = z
  .string()
  .trim()
  .min(1, 'Type the code that the app shows.')
  .max(40, 'No code is longer than 40 characters.')

export const roleField = z.enum(roles, 'Choose a role.')

export const tokenField = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'The link is not complete. Open it as it was printed.')
