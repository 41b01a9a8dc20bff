import { AppError, isAppError } from '@/lib/errors'

const damage = /\b(SQLITE_NOTADB|SQLITE_CORRUPT\w*)\b|file is not a database|database disk image is malformed/

/** What SQLite or the system says when the file or its disk is the matter (sqlite.org/rescode.html, errno(3)). */
const troubles: readonly { codes: RegExp; sentence: (what: string) => string }[] = [
  {
    codes: /\b(SQLITE_FULL|ENOSPC|EDQUOT)\b|database or disk is full/,
    sentence: (what) =>
      `There is no room left on the disk of ${what}. Nothing of this was kept, and nothing that was there is lost. Make room, then do it again.`,
  },
  {
    codes: /\b(SQLITE_READONLY\w*|EROFS|EACCES)\b|attempt to write a readonly database/,
    sentence: (what) =>
      `${capital(what)} can't be written: its disk is mounted read-only, or it belongs to another user.`,
  },
  {
    codes: /\b(SQLITE_IOERR\w*|EIO|EFBIG)\b|disk I\/O error/,
    sentence: (what) =>
      `The disk does not read or write ${what} as it should. Nothing of this was kept. Look at the disk's room and health, and at the machine's log.`,
  },
  { codes: damage, sentence: damagedSentence },
]

/**
 * The sentence for what SQLite or the system says of a file (`what`, as in "the store"); null for anything else. The store's
 * client hands on SQLite's words alone, so they are known beside its codes: they are a part of its interface
 * (sqlite3_errstr).
 */
export function troubleSentence(what: string, error: unknown): string | null {
  const said = saidBy(error)
  return troubles.find(({ codes }) => codes.test(said))?.sentence(what) ?? null
}

/** Whether an error says that the store's file is damaged. */
export function isDamage(error: unknown): boolean {
  return damage.test(saidBy(error))
}

function saidBy(error: unknown): string {
  let said = ''
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    said += `${'code' in at ? String(at.code) : ''} ${at.message}\n`
  return said
}

/** The same as an error for the person; what is no trouble of the file stays as it is. */
export function storeTrouble(file: string, cause: unknown): unknown {
  const sentence = isAppError(cause) ? null : troubleSentence(`the store ${file}`, cause)
  if (sentence === null) return cause
  return new AppError('internal', `the store's file can't be used`, { cause, userMessage: sentence })
}

/** A store whose content does not hold together. */
export function damagedStore(file: string, found: string): AppError {
  return new AppError('internal', `expected a whole store, got: ${found}`, {
    userMessage: damagedSentence(`the store ${file}`),
  })
}

function damagedSentence(what: string): string {
  return `${capital(what)} is damaged or cut short. It was left as it is. Put a backup in its place: npm run restore -- --from BACKUP --replace`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
