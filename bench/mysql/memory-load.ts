import type { Connection, RowDataPacket } from 'mysql2/promise'
import { largePackets } from '@/agents/mysql/memory/concurrency'
import type { LabHost } from '@/e2e/lab/lab'
import { until } from './guest'
import { openTunnel } from './tunnel'

/** What the load came to. */
export interface LoadFigures {
  connections: number
  /** How often the buffer pool was filled: what was read into it by its size. InnoDB keeps some of its pages free again. */
  poolFills: number
  /** The share of the key cache's blocks that were in use at once, from 0 to 1. */
  keyCache: number
}

const statements = 20

/**
 * All max_connections at once: each reads, writes, keeps prepared statements, fills a temporary table in memory to its
 * limit, and then holds all of its buffers until every other one holds its own; meanwhile an index is built. The buffer
 * pool, the key cache and Aria's page cache are filled before. Throws an Error where a connection fails.
 */
export async function loadAllConnections(host: LabHost): Promise<LoadFigures> {
  const tunnel = await openTunnel(host)
  const open: Connection[] = []
  const connect = async (user: string) => {
    const connection = await tunnel.connect(user)
    open.push(connection)
    return connection
  }
  try {
    const first = await connect('bench')
    const [most = 0, packet = 0] = await numbers(first, 'SELECT @@max_connections, @@max_allowed_packet')
    const workers = [first]
    while (workers.length < most) workers.push(await connect('bench'))
    // The one connection beyond, which the server keeps for an administrator.
    const admin = await connect('bench_root')
    await admin.query("DO GET_LOCK('bench', 10)")
    // Each use begins alike: rows of earlier ones would be locked too, by every connection, until locks fill the pool.
    await admin.query('TRUNCATE TABLE written')
    await fillCaches(admin)
    const many = largePackets(most)
    for (const [place, worker] of workers.entries()) await prepare(worker, place, place < many ? packet : 0)
    const work = Promise.all(workers.map(hold))
    const failed = work.then(
      () => false,
      () => true,
    )
    const waiting = async () =>
      (await numbers(admin, "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User lock'"))[0]
    const all = until('every connection holds its buffers', async () => (await waiting()) === most, 2400)
    // A connection that failed is told, not waited for.
    await Promise.race([all, failed.then((is) => (is ? work.then(() => undefined) : all))])
    await buildIndexes(admin)
    const figures = await figuresOf(admin)
    await admin.query("DO RELEASE_LOCK('bench')")
    await work
    return { connections: most, ...figures }
  } finally {
    await Promise.allSettled(open.map((connection) => connection.end()))
    tunnel.end()
  }
}

async function fillCaches(admin: Connection): Promise<void> {
  await admin.query("SELECT COUNT(*) FROM wide WHERE pad LIKE 'y%'")
  await admin.query('LOAD INDEX INTO CACHE keyed')
  await admin.query("SELECT COUNT(*) FROM aria WHERE pad LIKE 'y%'")
}

/** What a connection does before it holds its buffers: some of it stays with it until it ends. */
async function prepare(worker: Connection, place: number, packet: number): Promise<void> {
  for (let at = 0; at < statements; at += 1) {
    const statement = await worker.prepare(
      `SELECT n.id, n.k, n.pad, ${at} AS place FROM narrow AS n WHERE n.id BETWEEN ? AND ? AND n.k <> ? ORDER BY n.k`,
    )
    if (at % 5 === 0) await statement.execute([place + at, place + at + 20, at])
  }
  await worker.query(`INSERT INTO written (who, pad) SELECT ${place}, pad FROM narrow LIMIT 100`)
  await worker.query(`UPDATE written SET pad = REVERSE(pad) WHERE who = ${place}`)
  await worker.query(`SELECT id, pad FROM wide WHERE id = ${1 + place}`)
  await worker.query('CREATE TEMPORARY TABLE held (id INT NOT NULL, pad CHAR(250) NOT NULL) ENGINE=MEMORY')
  await worker
    .query("INSERT INTO held SELECT seq, 'x' FROM seq_1_to_10000000")
    .then(() => Promise.reject(new Error('expected the temporary table to be full, and it took ten million rows')))
    .catch((error: { errno?: number }) => {
      // 1114: The table is full, which is what is wanted.
      if (error.errno !== 1114) throw error
    })
  if (packet > 0) await worker.query(`SELECT LENGTH('${'x'.repeat(packet - 1024)}')`)
}

async function hold(worker: Connection): Promise<void> {
  await worker.query('START TRANSACTION; SELECT COUNT(*) FROM written FOR UPDATE SKIP LOCKED')
  await worker.query('SELECT * FROM scanned HAVING scanned_once() <> 0 ORDER BY a, b')
}

async function buildIndexes(admin: Connection): Promise<void> {
  await admin.query('ALTER TABLE build_innodb ADD INDEX (pad); ALTER TABLE build_innodb DROP INDEX pad')
  await admin.query('ALTER TABLE build_myisam ADD INDEX (pad); ALTER TABLE build_myisam DROP INDEX pad')
}

async function figuresOf(admin: Connection): Promise<Pick<LoadFigures, 'poolFills' | 'keyCache'>> {
  const [rows] = await admin.query<RowDataPacket[]>('SHOW GLOBAL STATUS')
  const status = new Map(rows.map((row) => [String(row['Variable_name']), Number(row['Value'])]))
  const [size = 1, block = 1024] = await numbers(admin, 'SELECT @@key_buffer_size, @@key_cache_block_size')
  const of = (name: string) => status.get(name) ?? 0
  return {
    poolFills: of('Innodb_pages_read') / of('Innodb_buffer_pool_pages_total'),
    // Each block has a header of its own in that memory.
    keyCache: Math.min(1, (of('Key_blocks_used') * block) / size),
  }
}

async function numbers(connection: Connection, text: string): Promise<number[]> {
  const [rows] = await connection.query<RowDataPacket[]>(text)
  return Object.values(rows[0] ?? {}).map(Number)
}
