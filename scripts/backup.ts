import { resolve } from 'node:path'
import { makeBackup } from '@/lib/backup/make-backup'
import { writeWrappedKey } from '@/lib/backup/wrapped-key'
import { storeFile } from '@/lib/config/data-dir'
import { readKeyProof } from '@/lib/db/read-key-proof'
import { fittingKey } from '@/lib/secrets/fitting-key'
import { newPasswordField } from '@/lib/users/fields'
import { askPassphrase } from './command-line/ask-passphrase'
import { readWords, wrongWords } from './command-line/words'

// npm run backup: a copy of the store. With --key FILE the sealing key instead, wrapped by a passphrase: the two belong
// into different places. Runs beside a Pollux that serves. What it throws, the start script prints as a sentence.
const usage = 'npm run backup [-- --to FOLDER], or npm run backup -- --key FILE [--passphrase-file FILE]'
const words = readWords(usage, {
  to: { type: 'string' },
  key: { type: 'string' },
  'passphrase-file': { type: 'string' },
})
if (words.key !== undefined && words.to !== undefined)
  wrongWords(usage, 'The store and its sealing key are kept apart, so one call writes one of them.')
if (words.key === undefined) {
  const folder = await makeBackup({ to: words.to && resolve(words.to) })
  console.log(`The store is in ${folder}, read back and whole.
Copy this folder to another machine. The sealing key is not in it: npm run backup -- --key FILE keeps that apart.`)
} else {
  const file = resolve(words.key)
  const key = fittingKey(await readKeyProof(storeFile()))
  const passphrase = await askPassphrase(words['passphrase-file'], true)
  const { success, error } = newPasswordField.safeParse(passphrase)
  if (!success) wrongWords(usage, error.issues[0]?.message.replaceAll('password', 'passphrase') ?? '')
  await writeWrappedKey(file, key, passphrase)
  console.log(`The sealing key is in ${file}, wrapped by the passphrase. Without both nobody opens the secrets of a backup.
Keep it where the backups of the store are not.`)
}
process.exit(0)
