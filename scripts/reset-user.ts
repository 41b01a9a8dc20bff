import { runShutdown } from '@/lib/config/shutdown'
import { AppError } from '@/lib/errors'
import { resetUser } from '@/lib/users/make-reset-link'
import { commandLineCtx } from './command-line/command-line-ctx'
import { servedUrl } from './command-line/served-url'

// npm run reset-user -- EMAIL [--second-factor]: a link for a new password, and the end of that person's sessions; on
// request the second factor goes too. What it throws, the start script prints as a sentence, and ends with 1.
const words = process.argv.slice(2)
const secondFactor = words.includes('--second-factor')
const [email, ...others] = words.filter((word) => word !== '--second-factor')
if (!email || others.length > 0)
  throw new AppError('invalid', `expected one address, got ${words.length} words`, {
    userMessage:
      'Name the e-mail address of one user: npm run reset-user -- EMAIL. With --second-factor behind it the second factor is taken away too.',
  })
const { token, hasSecondFactor } = await resetUser(commandLineCtx(), { email, secondFactor })
console.log(`Every session and API token of ${email} has ended. A new password is chosen here, within 30 minutes: ${servedUrl()}/reset#${token}
Links for it that were made before have ended.`)
if (secondFactor) console.log('There is no second factor any more: the new password alone signs in.')
if (hasSecondFactor)
  console.log(`The second factor stays. If that is lost too: npm run reset-user -- ${email} --second-factor`)
await runShutdown(5_000)
process.exit(0)
