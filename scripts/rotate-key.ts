import { rotateKey } from '@/lib/secrets/rotate-key'
import { commandLineCtx } from './command-line/command-line-ctx'

// npm run rotate-key: a new sealing key, and everything in the store sealed anew. The start script holds the data folder
// meanwhile, so it does not run beside a Pollux that serves.
const { values, keyId, isCompact } = await rotateKey(commandLineCtx())
console.log(`${values} sealed ${values === 1 ? 'value was' : 'values were'} sealed anew. The new key is ${keyId}; the old one opens nothing in this store any more.
Everybody signs in anew. Keep a copy of the new key, and make a new backup:
  npm run backup -- --key FILE
  npm run backup
Backups from before need the key of their time.`)
if (!isCompact)
  console.error(
    'There was no room to write the store anew, so values that the old key opens may still lie in its free pages. Make room for a second store, and rotate the key again.',
  )
process.exit(0)
