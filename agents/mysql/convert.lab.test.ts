import { describe, expect, it } from 'vitest'
import { fillDisk, freeDisk, hostExec, waitUntil } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { changesSettled } from '@/lib/changes/engine'
import { readProbe } from '@/lib/changes/read-probe'
import { stopChange } from '@/lib/changes/stop-change'
import { refusalOf } from '@/lib/inventory/testing'
import { mysqlAgent } from '.'
import type { ConvertDesired, TableName } from './convert/desired'
import { tableCommand, type Verb } from './convert/script'
import { markOf } from './convert/table-name'
import { conversionOf, type OfferedTable, offeredTables } from './convert/view'
import { rootClient } from './server/root-client'
import { mysqlLab } from './testing/mysql-lab'

const names = ['larch', 'juniper', 'spruce'] as const
const lab = mysqlLab(names, async (name) => {
  await letGo()
  await freeDisk(name)
  // What a failed test left.
  await sh('rm -f /var/run/pollux_convert_*')
  await ask("DROP DATABASE IF EXISTS convert_lab; DROP DATABASE IF EXISTS `it's ``odd; $(rm)`;")
  for (const table of ['visits', 'articles'])
    if ((await engine(table)) === 'InnoDB') await ask(`ALTER TABLE old.${table} ENGINE=MyISAM;`)
})
const { there, ask, host, begin, apply, revert, drift } = lab
const sh = lab.shell
const journal = lab.text

const engine = (table: string, schema = 'old') =>
  ask(`SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = '${schema}' AND TABLE_NAME = '${table}';`)
const numbers = async (table: string) =>
  `${await ask(`SELECT COUNT(*) FROM ${table};`)} ${await ask(`CHECKSUM TABLE ${table} EXTENDED;`)}`

const wish = (...tables: TableName[]): ConvertDesired => ({ kind: 'convert', server: '/var/lib/mysql', tables })
const old = (name: string): TableName => ({ schema: 'old', name })
const mine: TableName = { schema: 'convert_lab', name: 'visits' }
const hidden = (what: 'new' | 'old') => `convert_lab.${markOf(mine)}_${what}`
/** A table of its own, which a test may spoil. */
const makeMine = () =>
  ask(
    'CREATE DATABASE convert_lab; CREATE TABLE convert_lab.visits LIKE old.visits; INSERT INTO convert_lab.visits SELECT * FROM old.visits;',
  )
const plan = (...tables: TableName[]) => lab.plan(wish(...tables))
const leftovers = async () =>
  `${(await sh("ls /var/run /var/lib/mysql/*/ | grep -e pollux_convert -e '#sql'")).stdout}${await ask("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'INSERT%' OR INFO LIKE 'RENAME%';")}`
/** One step of a conversion by itself. */
const step = async (verb: Verb, table: TableName) => {
  const words = tableCommand(verb, table, rootClient('mariadb', '/run/mysqld/mysqld.sock'), '/var/lib/mysql')
  const { code, stdout } = await hostExec(host(), words, { seconds: 120 })
  return { code, said: stdout }
}
/** What the wizard offers. */
const offered = async () => {
  const facts = await readProbe(lab.hostId(), mysqlAgent.probe)
  const { probe } = conversionOf({ hostId: lab.hostId(), name: host(), facts }, '/var/lib/mysql')
  return offeredTables(await readProbe(lab.hostId(), probe))
}
/** The file itself: the same one is there again after a way back by its name. */
const inode = async (table: string) => (await sh(`stat -c %i /var/lib/mysql/old/${table}.MYD`)).stdout.trim()

/** A table whose copy takes seconds; `big` of the database that each test drops. */
async function makeBig(rows = 250_000) {
  await ask(`CREATE DATABASE convert_lab CHARACTER SET latin1; USE convert_lab;
    CREATE TABLE convert_lab.big (id INT PRIMARY KEY, a CHAR(32), b CHAR(40), KEY (a), KEY (b), KEY (b, a)) ENGINE=MyISAM;
    INSERT INTO convert_lab.big SELECT seq, MD5(seq), SHA1(seq) FROM seq_1_to_${rows};`)
}
const big = { schema: 'convert_lab', name: 'big' }
/** Waits for the copy and holds the server in the middle of it, so that what a test does falls there and not behind it. */
const holdInCopy = async () => {
  const held = await sh(`cd /var/lib/mysql/convert_lab; n=0
    until part=$(stat -c %s pollux_convert_*_part.ibd 2>/dev/null) && [ "$part" -gt 4000000 ] || [ $n -gt 1200 ]; do n=$((n + 1)); sleep 0.05; done
    kill -s STOP $(pidof mariadbd); cat /var/run/pollux_convert_*.phase`)
  expect(held.stdout).toBe('copying\n')
}
const letGo = () => sh('kill -s CONT $(pidof mariadbd)')
const untilClientIsGone = () =>
  waitUntil('the client is gone', async () => (await sh('pgrep -fx "mariadb .*--unbuffered"')).code !== 0, 60)

// The way itself on each version; on larch what may cost rows too, and on the others where all is asked for.
const hosts = there.length > 0 ? there : names

describe.skipIf(there.length === 0).each(hosts)('on %s', { timeout: 1_200_000 }, () => {
  it('converts two tables with proof, finds nothing to do then, sees drift, and gives MyISAM back', async () => {
    // The number that MyISAM would give next is not the one behind the last row.
    await ask(
      "INSERT INTO old.articles (title, body) VALUES ('', ''), ('', ''); DELETE FROM old.articles WHERE id > 1000;",
    )
    const before = [await numbers('old.visits'), await numbers('old.articles')]
    const definition = await ask('SHOW CREATE TABLE old.articles;')
    expect(definition).toMatch(/AUTO_INCREMENT=100[3-9] /)
    const made = await apply(await plan(old('visits'), old('articles')))
    expect([made.outcome, await journal(made.id)]).toEqual([
      'applied',
      expect.stringContaining('old.visits: rows 20000 checksum'),
    ])
    expect(made.proofs.map(({ verdict }) => verdict)).toEqual(made.proofs.map(() => 'yes'))
    expect([await engine('visits'), await engine('articles')]).toEqual(['InnoDB', 'InnoDB'])
    expect(await ask('SHOW CREATE TABLE old.articles;')).toBe(definition.replace('MyISAM', 'InnoDB'))
    expect(await leftovers()).toBe('0')
    expect([await numbers('old.visits'), await numbers('old.articles')]).toEqual(before)
    expect(await ask("SELECT COUNT(*) FROM old.articles WHERE MATCH (title, body) AGAINST ('catalog');")).toBe('250')
    expect(await plan(old('visits'), old('articles'))).toEqual({ nothingToDo: expect.stringContaining('already') })

    await ask('ALTER TABLE old.visits ENGINE=MyISAM;')
    expect(await drift()).toMatchObject([{ what: 'engine of old.visits', expected: 'InnoDB', seen: 'MyISAM' }])

    const reverted = await revert(made.id)
    expect(reverted.outcome).toBe('applied')
    expect([await engine('visits'), await engine('articles')]).toEqual(['MyISAM', 'MyISAM'])
    expect([await numbers('old.visits'), await numbers('old.articles')]).toEqual(before)
    expect(await ask('SHOW CREATE TABLE old.articles;')).toBe(definition)
    expect(await leftovers()).toBe('0')
  })
})

const whole = hosts.filter((name) => name === 'larch' || isLong)
describe.skipIf(there.length === 0).each(whole)('all on %s', { timeout: 1_200_000 }, () => {
  it('stops before anything is touched where a table cannot be of InnoDB', async () => {
    const made = await apply(await plan(old('visits'), old('receipt_lines')))
    expect(made.outcome).toBe('reverted')
    expect(await journal(made.id)).toContain(
      'old.receipt_lines: its AUTO_INCREMENT column line is not the first column',
    )
    expect([await engine('visits'), await engine('receipt_lines')]).toEqual(['MyISAM', 'MyISAM'])
    const refused = await refusalOf(plan({ schema: 'old', name: 'nowhere' }))
    expect(refused.userMessage).toContain('has no table old.nowhere')
  })

  it.runIf(isLong)('does not convert what its check finds damaged, and says what the server says', async () => {
    const files = `cd /var/lib/mysql/old && for end in frm MYD MYI; do`
    await sh(`${files} cp -p damaged.$end /var/tmp/damaged.$end; done`)
    try {
      const made = await apply(await plan(old('visits'), old('damaged')))
      expect(made.outcome).toBe('reverted')
      const text = await journal(made.id)
      expect(text).toMatch(/old\.\w+\tcheck\t(error|warning)\t/)
      expect(text).toContain('REPAIR TABLE')
      expect(await engine('visits')).toBe('MyISAM')
    } finally {
      await ask(`FLUSH TABLES old.damaged;`)
      await sh(`${files} cp -p /var/tmp/damaged.$end damaged.$end; rm /var/tmp/damaged.$end; done; rm -f damaged-*.BAK`)
    }
  })

  it('lists what cannot be opened with a way out that helps, and converts none of it', async () => {
    await makeMine()
    const before = await numbers('convert_lab.visits')
    await ask('FLUSH TABLES;')
    await sh(`cd /var/lib/mysql && truncate -s 100 convert_lab/visits.MYI
      for end in frm MYD MYI; do cp -p old/crashed.$end convert_lab/marked.$end; done`)
    const mineOf = (tables: OfferedTable[]) => tables.filter(({ schema }) => schema === 'convert_lab')
    const cut = 'REPAIR TABLE `convert_lab`.`visits` USE_FRM'
    const marked = 'REPAIR TABLE `convert_lab`.`marked`'
    expect(mineOf(await offered())).toMatchObject([
      {
        name: 'marked',
        rows: null,
        obstacles: [expect.stringContaining('marked as crashed'), expect.stringContaining(marked)],
      },
      { name: 'visits', rows: null, obstacles: [expect.stringContaining('corrupt'), expect.stringContaining(cut)] },
    ])
    expect((await refusalOf(plan(mine))).userMessage).toContain('cannot open convert_lab.visits')
    await ask(`${cut}; ${marked};`)
    expect(await numbers('convert_lab.visits')).toBe(before)
    expect(mineOf(await offered())).toMatchObject([
      { name: 'visits', rows: 20_000, obstacles: [] },
      { name: 'marked', rows: 2986, obstacles: [] },
    ])
  })

  it('leaves names that look like commands what they are', async () => {
    const odd = { schema: "it's `odd; $(rm)", name: 'ta`b\'l"e; DROP é' }
    const id = "`it's ``odd; $(rm)`.`ta``b'l\"e; DROP é`"
    await ask(
      `SET NAMES utf8; CREATE DATABASE \`it's \`\`odd; $(rm)\`; CREATE TABLE ${id} (a INT) ENGINE=MyISAM; INSERT INTO ${id} VALUES (1), (2);`,
    )
    const made = await apply(await plan(odd))
    expect([made.outcome, await journal(made.id)]).toEqual(['applied', expect.stringContaining('rows 2 checksum')])
    expect(await plan(odd)).toEqual({ nothingToDo: expect.any(String) })
    expect((await revert(made.id)).outcome).toBe('applied')
    expect(await ask(`SET NAMES utf8; SHOW CREATE TABLE ${id};`)).toContain('ENGINE=MyISAM')
  })

  it('gives the table itself back when the next one fails', async () => {
    await ask('CREATE DATABASE convert_lab; CREATE TABLE convert_lab.odd (`a\\b` INT) ENGINE=MyISAM;')
    const file = await inode('visits')
    const made = await apply(await plan(old('visits'), { schema: 'convert_lab', name: 'odd' }))
    expect([made.outcome, await journal(made.id)]).toEqual(['reverted', expect.stringContaining('has a backslash')])
    expect([await engine('visits'), await inode('visits')]).toEqual(['MyISAM', file])
    expect(await leftovers()).toBe('0')
  })

  it('loses no row that was written meanwhile, and no writer is turned away', async () => {
    await ask(`CREATE DATABASE convert_lab; USE convert_lab; CREATE TABLE convert_lab.busy (w INT, n INT, PRIMARY KEY (w, n)) ENGINE=MyISAM;
      INSERT INTO convert_lab.busy SELECT 0, seq FROM seq_1_to_30000;`)
    const busy = { schema: 'convert_lab', name: 'busy' }
    const writers = Promise.all(
      [1, 2, 3].map((w) =>
        sh(`seq 1 1500 | sed 's/.*/INSERT INTO convert_lab.busy VALUES (${w}, &); DO SLEEP(0.002);/' | mariadb 2>&1`),
      ),
    )
    const turned = await step('convert', busy)
    expect(turned).toMatchObject({ code: 0, said: expect.stringContaining('in both tables') })
    const back = await step('back', busy)
    expect(back).toMatchObject({ code: 0 })
    const [, , again] = [await step('convert', busy), await writers, await step('finish', busy)]
    expect(again).toEqual({ code: 0, said: '' })
    expect((await writers).map(({ code, stdout }) => [code, stdout])).toEqual([1, 2, 3].map(() => [0, '']))
    expect(await ask('SELECT w, COUNT(*) FROM convert_lab.busy GROUP BY w;')).toBe(
      '0\t30000\n1\t1500\n2\t1500\n3\t1500',
    )
    expect([await engine('busy', 'convert_lab'), await leftovers()]).toEqual(['InnoDB', '0'])
  })

  it('copies what was written since on the way back, and drops nothing that it does not know', async () => {
    await makeMine()
    await step('convert', mine)
    await ask("INSERT INTO convert_lab.visits SET at = NOW(), address = '', page = 'since';")
    const written = await numbers('convert_lab.visits')
    expect(await step('back', mine)).toMatchObject({ code: 0 })
    expect([await engine('visits', 'convert_lab'), await numbers('convert_lab.visits')]).toEqual(['MyISAM', written])
    expect(await leftovers()).toBe('0')

    await step('convert', mine)
    await ask(`DELETE FROM ${hidden('old')} WHERE id = 7; DELETE FROM convert_lab.visits WHERE id = 8;`)
    for (const verb of ['finish', 'back'] as const)
      expect(await step(verb, mine)).toMatchObject({ code: 1, said: expect.stringContaining('it is kept') })
    expect(await ask(`SELECT COUNT(*) FROM ${hidden('old')} WHERE id = 8;`)).toBe('1')
  })

  it('finds the table again where a server went down between the halves of a rename', async () => {
    await makeMine()
    const before = await numbers('convert_lab.visits')
    await ask(`CREATE TABLE ${hidden('new')} LIKE convert_lab.visits; ALTER TABLE ${hidden('new')} ENGINE=InnoDB;
      RENAME TABLE convert_lab.visits TO ${hidden('old')};`)
    expect(await step('back', mine)).toMatchObject({ code: 0, said: expect.stringContaining('its name again') })
    expect([await engine('visits', 'convert_lab'), await numbers('convert_lab.visits')]).toEqual(['MyISAM', before])
    expect(await leftovers()).toBe('0')

    // Somebody's program made the table anew meanwhile.
    await ask(`RENAME TABLE convert_lab.visits TO ${hidden('old')};
      CREATE TABLE ${hidden('new')} (a INT) ENGINE=InnoDB; CREATE TABLE convert_lab.visits (a INT) ENGINE=MyISAM;`)
    for (const verb of ['back', 'convert'] as const)
      expect(await step(verb, mine)).toMatchObject({ code: 1, said: expect.stringContaining('nothing is dropped') })
    expect(await numbers(hidden('old'))).toBe(before.replace('convert_lab.visits', hidden('old')))
  })

  it('brings over every kind of column, and refuses what hangs on the table', async () => {
    await ask(`CREATE DATABASE convert_lab CHARACTER SET latin1; USE convert_lab;
      CREATE TABLE kinds (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a INT NULL, b CHAR(3) NULL, ts TIMESTAMP NULL, \`q\`\`'s\` INT INVISIBLE,
        v INT AS (a + 1) VIRTUAL, st INT AS (a * 2) STORED, e ENUM('x', 'y'), CHECK (a < 100)) ENGINE=MyISAM CHECKSUM=1 COMMENT='it''s';
      SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = 'SYSTEM';
      INSERT INTO kinds (id, a, b, ts, \`q\`\`'s\`, e) VALUES (0, NULL, NULL, '2009-10-25 02:30:00', 7, 'x'), (5, 3, 'abc', NULL, NULL, '');
      SET check_constraint_checks = 0; INSERT INTO kinds (a) VALUES (200);
      CREATE TABLE fixed (a INT NULL, b INT NULL, c CHAR(5)) ENGINE=MyISAM; INSERT INTO fixed VALUES (NULL, 1, 'a'), (1, NULL, NULL), (1, NULL, NULL);
      CREATE TABLE watched (a INT) ENGINE=MyISAM; CREATE TRIGGER watcher BEFORE INSERT ON watched FOR EACH ROW SET NEW.a = 1;`)
    for (const table of ['kinds', 'fixed']) {
      const one = { schema: 'convert_lab', name: table }
      const before = [await ask(`SHOW CREATE TABLE convert_lab.${table};`), await numbers(`convert_lab.${table}`)]
      expect(await step('convert', one)).toMatchObject({ code: 0, said: expect.stringContaining('in both tables') })
      expect(await step('finish', one)).toEqual({ code: 0, said: '' })
      expect(await engine(table, 'convert_lab')).toBe('InnoDB')
      expect(await step('back', one)).toMatchObject({ code: 0, said: expect.stringContaining('in both tables') })
      expect([await ask(`SHOW CREATE TABLE convert_lab.${table};`), await numbers(`convert_lab.${table}`)]).toEqual(
        before,
      )
    }
    const watched = { schema: 'convert_lab', name: 'watched' }
    const refused = await apply(await plan(watched))
    expect([refused.outcome, await journal(refused.id)]).toEqual([
      'reverted',
      expect.stringContaining('its trigger watcher'),
    ])
    expect(await step('convert', watched)).toMatchObject({ code: 1, said: expect.stringContaining('has triggers') })
    expect(await step('back', watched)).toEqual({ code: 0, said: '' })
    expect([await engine('watched', 'convert_lab'), await leftovers()]).toEqual(['MyISAM', '0'])
  })

  const ways = [
    ['it is stopped', async (changeId: number) => stopChange(lab.ctx(), { changeId })],
    ['the client is killed', async () => sh('pkill -9 -fx "mariadb .*--unbuffered"')],
    ['the server is killed', async () => sh('kill -9 $(pidof mariadbd)')],
  ] as const
  it.each(isLong ? ways : ways.slice(0, 1))('keeps the old table when %s in the middle', async (_, end) => {
    await makeBig()
    const before = await numbers('convert_lab.big')
    const changeId = await begin(await plan(big))
    await holdInCopy()
    await end(changeId)
    await untilClientIsGone()
    await letGo()
    await changesSettled()
    expect((await lab.change(changeId)).outcome).toBe('reverted')
    expect([await engine('big', 'convert_lab'), await numbers('convert_lab.big')]).toEqual(['MyISAM', before])
    expect(await leftovers()).toBe('0')
  })

  it.runIf(isLong)('goes on when the supervisor is killed in the middle, with one session', async () => {
    await makeBig()
    const before = await numbers('convert_lab.big')
    const planned = await plan(big)
    const changeId = await begin(planned)
    await holdInCopy()
    const folder = (await lab.change(changeId)).hosts[0]?.directory
    await sh(`read -r pid boot < ${folder}/pid; kill -9 $pid`)
    await untilClientIsGone()
    await letGo()
    await changesSettled()
    expect([(await lab.change(changeId)).outcome, await journal(changeId)]).toEqual([
      'applied',
      expect.stringMatching(/(?:runs it by itself from here on.*){2}/s),
    ])
    expect([await engine('big', 'convert_lab'), await numbers('convert_lab.big')]).toEqual(['InnoDB', before])
    expect(await leftovers()).toBe('0')
  })

  it('ends with the old table when the disk gets full', async () => {
    await makeBig()
    const before = await numbers('convert_lab.big')
    const changeId = await begin(await plan(big))
    // The log has holes in the lab: without room for it the server ends itself, and not only the copy.
    await sh('cd /var/lib/mysql; fallocate -l "$(stat -c %s ib_logfile0)" ib_logfile0')
    await holdInCopy()
    await fillDisk(host())
    await letGo()
    await changesSettled()
    await freeDisk(host())
    expect([(await lab.change(changeId)).outcome, await journal(changeId)]).toEqual([
      'reverted',
      expect.stringMatching(/full|No space|Errcode: 28/i),
    ])
    expect([await engine('big', 'convert_lab'), await numbers('convert_lab.big')]).toEqual(['MyISAM', before])
    expect(await leftovers()).toBe('0')
  })

  it.runIf(isLong)('says of each table what the server itself would refuse', async () => {
    const wide = Array.from({ length: 40 }, (_, at) => `c${at} CHAR(250)`).join(', ')
    const shapes: Record<string, string> = {
      counter: 'g INT, n INT NOT NULL AUTO_INCREMENT, PRIMARY KEY (g, n)',
      fixed: 'a INT) ROW_FORMAT=FIXED COMMENT=(',
      fulltext: 'a VARCHAR(200), FULLTEXT KEY (a)',
      long_key: 'a VARCHAR(900), KEY (a)',
      plain: 'a INT PRIMARY KEY, b TEXT',
      spatial: 'g GEOMETRY NOT NULL, SPATIAL KEY (g)',
      wide,
    }
    await ask('CREATE DATABASE convert_lab CHARACTER SET latin1;')
    for (const [name, shape] of Object.entries(shapes))
      await ask(
        `CREATE TABLE convert_lab.${name} (${shape.replace(' COMMENT=(', '')}${shape.includes('COMMENT') ? '' : ')'} ENGINE=MyISAM;`,
      )
    const found = (await offered()).filter(({ schema }) => schema === 'convert_lab')
    const said = Object.fromEntries(found.map(({ name, obstacles }) => [name, obstacles.length > 0]))
    const refused: Record<string, boolean> = {}
    for (const name of Object.keys(shapes))
      refused[name] =
        (await hostExec(host(), ['mariadb'], { input: `ALTER TABLE convert_lab.${name} ENGINE=InnoDB;` })).code !== 0
    expect(said).toEqual(refused)
    expect(refused).toMatchObject({ plain: false, counter: true, wide: true })
  })
})
