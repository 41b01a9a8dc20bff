import { z } from 'zod'
import { roles } from '@/lib/auth/actor'
import { shortestPassword } from '@/lib/auth/auth'

export const nameField = z.string().trim().min(1, 'Type a name.').max(80, 'A name has at most 80 characters.')

export const emailField = z.string().trim().toLowerCase().pipe(z.email('This is not an e-mail address.').max(254))

export const newPasswordField = z
  .string()
  .min(shortestPassword, `A password has at least ${shortestPassword} characters. A sentence is a good one.`)
  .max(256, 'A password has at most 256 characters.')

export const roleField = z.enum(roles, 'Choose a role.')

export const tokenField = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'The link is not complete. Open it as it was printed.')
