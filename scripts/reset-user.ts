import { runShutdown } from '@/lib/config/shutdown'
import { AppError } from '@/lib/errors'
import { resetUser } from '@/lib/users/make-reset-link'
import { commandLineCtx } from './command-line/command-line-ctx'
import { servedUrl } from './command-line/served-url'

// npm run reset-user -- EMAIL: a link for a new password, and the end of that person's sessions. What it throws, the
// start script prints as a sentence, and ends with 1.
const [email, ...others] = process.argv.slice(2)
if (!email || others.length > 0)
  throw new AppError('invalid', `expected one address, got ${process.argv.length - 2}`, {
    userMessage: 'Name the e-mail address of one user: npm run reset-user -- EMAIL',
  })
const { token } = await resetUser(commandLineCtx(), { email })
console.log(`Every session of ${email} has ended. A new password is chosen here, within 30 minutes: ${servedUrl()}/reset#${token}
Links for it that were made before have ended.`)
await runShutdown(5_000)
process.exit(0)
