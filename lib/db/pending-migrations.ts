import { AppError } from '@/lib/errors'

/** A migration as it lies in the files. */
export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** A migration as the store remembers it. */
export interface AppliedMigration {
  name: string
  checksum: string
  isFinished: boolean
}

/**
 * The migrations that are still to be applied, in order. `history` is null when the store has no history table.
 * Throws AppError `conflict` when the store belongs to another program, remembers a migration that failed or that
 * is not known here, or when a migration's file was edited after it was applied.
 */
export function choosePending(
  known: readonly Migration[],
  history: readonly AppliedMigration[] | null,
  hasOtherTables: boolean,
): readonly Migration[] {
  if ((history === null || history.length === 0) && hasOtherTables)
    refuse(
      'expected an empty store or one with a history, got tables without a history',
      'This database was made by another program: it has tables, but no history of migrations. Name another data folder in POLLUX_DATA.',
    )
  for (const applied of history ?? []) checkApplied(applied, known)
  const done = new Set(history?.map((applied) => applied.name))
  return known.filter((migration) => !done.has(migration.name))
}

function checkApplied(applied: AppliedMigration, known: readonly Migration[]): void {
  if (!applied.isFinished)
    refuse(
      `expected every migration to be finished, got ${applied.name} unfinished`,
      `Migration ${applied.name} failed on this store earlier, so the store may be half-changed. Put back the copy from before the upgrade, or mark the migration with "prisma migrate resolve".`,
    )
  const file = known.find((migration) => migration.name === applied.name)
  if (!file)
    refuse(
      `expected every applied migration to be known, got ${applied.name}`,
      `This store was made by another version of Pollux: it remembers the migration ${applied.name}, which is not known here. Start the newer version, or put back the copy from before the upgrade.`,
    )
  else if (file.checksum !== applied.checksum)
    refuse(
      `expected ${applied.name} with checksum ${applied.checksum}, got ${file.checksum}`,
      `Migration ${applied.name} was edited after it was applied to this store. Put back its original file; a change of the store needs a migration of its own.`,
    )
}

function refuse(message: string, userMessage: string): never {
  throw new AppError('conflict', message, { userMessage })
}
