import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { restoreBackup } from '@/lib/backup/restore-backup'
import { openWrappedKey, wrappedKeyId } from '@/lib/backup/wrapped-key'
import { sealingKeyFile } from '@/lib/config/data-dir'
import { parseSealingKey } from '@/lib/secrets/key-file'
import { askPassphrase } from './command-line/ask-passphrase'
import { commandLineCtx } from './command-line/command-line-ctx'
import { readWords, wrongWords } from './command-line/words'

// npm run restore: puts a backup in the place of the store. The start script holds the data folder meanwhile, and prints
// what is thrown as a sentence.
const usage = 'npm run restore -- --from BACKUP [--key FILE] [--passphrase-file FILE] [--replace]'
const words = readWords(usage, {
  from: { type: 'string' },
  key: { type: 'string' },
  'passphrase-file': { type: 'string' },
  replace: { type: 'boolean', default: false },
})
if (words.from === undefined) wrongWords(usage, 'Name the folder of the backup.')
const { manifest, setAside } = await restoreBackup(commandLineCtx(), {
  from: resolve(words.from),
  key: await readKey(words.key),
  isReplacing: words.replace === true,
})
if (setAside) console.log(`The store that was here before lies in ${setAside}.`)
console.log(`Restored: the store as of ${manifest.madeAt}. Start Pollux; it is paused until an admin resumes it, and everybody signs in anew.
If another Pollux with this store still runs somewhere, end it before you resume.`)
process.exit(0)

/** The key that was named, opened where it is wrapped; without one, that of the data folder. */
async function readKey(named: string | undefined): Promise<Buffer> {
  const file = named === undefined ? sealingKeyFile() : resolve(named)
  if (!existsSync(file))
    wrongWords(
      usage,
      named === undefined
        ? 'There is no sealing key here yet. Name the file that npm run backup -- --key FILE wrote: --key FILE'
        : `There is no file ${file}.`,
    )
  const text = readFileSync(file, 'utf8')
  if (wrappedKeyId(text) === null) return plainKey(text, file)
  return openWrappedKey(text, await askPassphrase(words['passphrase-file'], false))
}

function plainKey(text: string, file: string): Buffer {
  try {
    return parseSealingKey(text, file)
  } catch {
    return wrongWords(usage, `${file} is no sealing key, neither plain nor wrapped.`)
  }
}
