import { issueFirstAdminLink } from '@/lib/auth/one-time-link'
import { runShutdown } from '@/lib/config/shutdown'
import { commandLineCtx } from './command-line/command-line-ctx'
import { servedUrl } from './command-line/served-url'

// npm run link: a new link for the first admin, beside a Pollux that runs or without one.
const issued = await issueFirstAdminLink(commandLineCtx())
if (issued)
  console.log(`Make the first admin here, within 30 minutes: ${servedUrl()}/welcome#${issued.token}
Links that were printed before have ended.`)
else
  console.error(
    'There are users already, so there is no link for a first admin. An admin invites others under Settings, Users; npm run reset-user -- EMAIL mends a lost password.',
  )
await runShutdown(5_000)
process.exit(issued ? 0 : 1)
