import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { nextCookies } from 'better-auth/next-js'
import { isServedSecurely } from '@/lib/config/listen'
import { single } from '@/lib/config/single'
import { store } from '@/lib/db/client'
import { log } from '@/lib/log'
import { sessionSecret } from '@/lib/secrets/seal'
import { servedOrigins } from './served-origins'

const dayS = 24 * 3600

/** The shortest password that is taken (NIST SP 800-63B asks for 8 at least, 15 where it is the only factor). */
export const shortestPassword = 12

/**
 * The authentication library, set up once. It has no route of its own: sign-in and sign-out are server actions that
 * call it, so that every way in passes one gate, one limit and one record.
 */
export function auth() {
  return single('auth', makeAuth)
}

function makeAuth() {
  const origins = servedOrigins()
  return betterAuth({
    appName: 'Pollux',
    baseURL: origins[0],
    trustedOrigins: [...origins],
    secret: sessionSecret(),
    telemetry: { enabled: false },
    // Wrong passwords are in the record of deeds; what is left are faults, and they belong into our log.
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'authentication' }, message) },
    database: prismaAdapter(store(), { provider: 'sqlite' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: 256,
      password: { hash: (password) => hash(password), verify: ({ hash: kept, password }) => verify(kept, password) },
    },
    session: { expiresIn: 7 * dayS, updateAge: dayS, cookieCache: { enabled: false } },
    user: {
      additionalFields: {
        role: { type: 'string', input: false, defaultValue: 'viewer' },
        // The library hands out the fields that it knows, and no others.
        banned: { type: 'boolean', input: false, required: false },
        hostTags: { type: 'string', input: false, defaultValue: '[]' },
        secondFactorAt: { type: 'date', input: false, required: false },
      },
    },
    advanced: {
      cookiePrefix: 'pollux',
      // Over plain http a browser would neither keep a secure cookie nor send it. With TLS the name begins with __Secure-.
      useSecureCookies: isServedSecurely(),
      // It would believe any X-Forwarded-For that a browser sends.
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    plugins: [nextCookies()],
  })
}
