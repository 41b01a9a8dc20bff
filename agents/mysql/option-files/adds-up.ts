/**
 * Options of which every line counts, so that a later one overrides none of the others: lists that grow with each line
 * (MySQL manual, "Replica Server Options" and "Binary Logging Options"; MariaDB manual, "mariadbd Options"), and flags
 * of which a line sets only those that it names.
 */
const addingUp: ReadonlySet<string> = new Set([
  'binlog_do_db',
  'binlog_ignore_db',
  'debug',
  'ignore_db_dir',
  'ignore_db_dirs',
  'optimizer_switch',
  'performance_schema_instrument',
  'plugin_load_add',
  'replicate_do_db',
  'replicate_do_table',
  'replicate_ignore_db',
  'replicate_ignore_table',
  'replicate_rewrite_db',
  'replicate_wild_do_table',
  'replicate_wild_ignore_table',
])

/** Whether all lines of this option count together. The name is one with underscores. */
export function addsUp(name: string): boolean {
  return addingUp.has(name)
}
