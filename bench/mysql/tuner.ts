import { readFileSync } from 'node:fs'
import { onGuest } from './guest'
import { type Advice, readAdvice } from './read-advice'

// MariaDB of today tells 0 for chunks that it sizes by itself, and MySQLTuner 1.9.9 divides by it and ends before its list.
const divides = "if ( !defined( $myvar{'innodb_buffer_pool_chunk_size'} ) ) {"
const guarded = "if ( !$myvar{'innodb_buffer_pool_chunk_size'} ) {"

/** Runs Debian's MySQLTuner on the guest, as root of its socket, and reads its "Variables to adjust". */
export async function askTuner(name: string): Promise<Advice & { words: string }> {
  const program = readFileSync('/usr/bin/mysqltuner', 'utf8').replace(divides, guarded)
  await onGuest(name, 'cat >/root/mysqltuner', { input: program })
  const words = await onGuest(name, 'HOME=/root perl /root/mysqltuner --nocolor --skippassword 2>&1', { seconds: 300 })
  const known = (await onGuest(name, "echo 'SHOW GLOBAL VARIABLES' | mariadb --no-defaults -N -B"))
    .split('\n')
    .map((row) => row.split('\t'))
  return { ...readAdvice(words, new Map(known.map(([one = '', value = '']) => [one, value]))), words }
}
