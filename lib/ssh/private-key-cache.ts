import { createHash } from 'node:crypto'
import ssh2, { type ParsedKey } from 'ssh2'

// Opening a key with a passphrase takes a slow key derivation that holds up the process: once per key is enough.
const most = 256
const opened = new Map<string, ParsedKey>()

/** Reads a private key, or tells (as a value) that ssh2 cannot. Remembers the last ones. */
export function openPrivateKey(text: string, passphrase?: string): ParsedKey | Error {
  const id = createHash('sha256')
    .update(JSON.stringify([text, passphrase]))
    .digest('hex')
  const known = opened.get(id)
  if (known !== undefined) return known
  const parsed = ssh2.utils.parseKey(text, passphrase)
  if (parsed instanceof Error) return parsed
  if (opened.size >= most) opened.delete(opened.keys().next().value ?? id)
  opened.set(id, parsed)
  return parsed
}
