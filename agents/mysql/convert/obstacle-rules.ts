import type { InnodbLimits } from './limits'

/** A condition on `information_schema.TABLES t`, and for a table joined to it under another name. */
export interface Scope {
  tables: string
  joined(alias: string): string
}

interface Rule {
  id: string
  applies(limits: InnodbLimits): boolean
  /** What follows TABLES t in FROM. */
  joins: string
  /** Names of the tables joined there, for the scope. */
  aliases: readonly string[]
  where: string
  having?(limits: InnodbLimits): string
  /** SQL of the sentence's text. Without words that act, even inside: the contract lets no reading say them. */
  sentence(limits: InnodbLimits): string
}

const on = (alias: string) => `${alias}.TABLE_SCHEMA = t.TABLE_SCHEMA AND ${alias}.TABLE_NAME = t.TABLE_NAME`
const keys = `JOIN information_schema.STATISTICS s ON ${on('s')}`
const columns = `JOIN information_schema.COLUMNS c ON ${on('c')}`
const always = () => true
const charsets = 'LEFT JOIN information_schema.CHARACTER_SETS m ON m.CHARACTER_SET_NAME = c.CHARACTER_SET_NAME'
const keyBytes = 'IFNULL(s.SUB_PART * IFNULL(m.MAXLEN, 1), c.CHARACTER_OCTET_LENGTH)'

/** What InnoDB does not take of a table that MyISAM has. One row of data for each; the server refuses what is not known here. */
const rules: readonly Rule[] = [
  {
    id: 'fulltext',
    applies: ({ hasFulltext }) => !hasFulltext,
    joins: keys,
    aliases: ['s'],
    where: "s.INDEX_TYPE = 'FULLTEXT'",
    sentence: () => "CONCAT('its FULLTEXT key ', s.INDEX_NAME, ' is more than InnoDB of this version has')",
  },
  {
    id: 'spatial',
    applies: ({ hasSpatial }) => !hasSpatial,
    joins: keys,
    aliases: ['s'],
    where: "s.INDEX_TYPE = 'SPATIAL'",
    sentence: () => "CONCAT('its SPATIAL key ', s.INDEX_NAME, ' is more than InnoDB of this version has')",
  },
  {
    id: 'auto-increment',
    applies: always,
    joins: columns,
    aliases: ['c'],
    where: `c.EXTRA LIKE '%auto_increment%' AND NOT EXISTS (SELECT 1 FROM information_schema.STATISTICS k WHERE k.TABLE_SCHEMA = t.TABLE_SCHEMA AND k.TABLE_NAME = t.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME AND k.SEQ_IN_INDEX = 1)`,
    sentence: () =>
      "CONCAT('its AUTO_INCREMENT column ', c.COLUMN_NAME, ' is not the first column of any key, so that it counts anew within each group: no InnoDB has that')",
  },
  {
    id: 'key-prefix',
    applies: ({ keyPrefixBytes }) => keyPrefixBytes < 1000,
    joins: `${keys} ${columns} AND c.COLUMN_NAME = s.COLUMN_NAME ${charsets}`,
    aliases: ['s', 'c'],
    where: "s.INDEX_TYPE = 'BTREE'",
    having: ({ keyPrefixBytes }) => `MAX(${keyBytes}) > ${keyPrefixBytes}`,
    sentence: ({ keyPrefixBytes }) =>
      `CONCAT('a key of it takes ', MAX(${keyBytes}), ' bytes of one column, and InnoDB as it is set here takes ${keyPrefixBytes}')`,
  },
  {
    id: 'row-size',
    applies: always,
    joins: `${columns} ${charsets}`,
    aliases: ['c'],
    where: '1 = 1',
    having: (limits) => `${rowBytes(limits)} > ${limits.rowBytes}`,
    sentence: (limits) =>
      `CONCAT('a row of it may take ', ${rowBytes(limits)}, ' bytes in its page, and InnoDB takes ${limits.rowBytes}')`,
  },
  {
    id: 'columns',
    applies: always,
    joins: columns,
    aliases: ['c'],
    where: '1 = 1',
    having: () => 'COUNT(*) > 1017',
    sentence: () => "CONCAT('it has ', COUNT(*), ' columns, and InnoDB takes 1017')",
  },
  {
    id: 'row-format',
    applies: always,
    joins: '',
    aliases: [],
    where: "t.CREATE_OPTIONS LIKE '%row_format=fixed%'",
    sentence: () => "'it was made with ROW_FORMAT=FIXED, which InnoDB does not have: give it ROW_FORMAT=DEFAULT first'",
  },
  {
    id: 'packed',
    applies: always,
    joins: '',
    aliases: [],
    where: "t.ROW_FORMAT = 'Compressed' AND t.CREATE_OPTIONS NOT LIKE '%row_format%'",
    sentence: () => "'it was packed by myisampack, and would not be packed when it is taken back: unpack it first'",
  },
  {
    id: 'merge',
    applies: always,
    joins: "JOIN information_schema.TABLES g ON g.TABLE_SCHEMA = t.TABLE_SCHEMA AND g.ENGINE = 'MRG_MYISAM'",
    aliases: [],
    where: '1 = 1',
    sentence: () => "CONCAT('the MERGE table ', g.TABLE_NAME, ' of the same database may be made of it')",
  },
  {
    id: 'triggers',
    applies: always,
    joins:
      'JOIN information_schema.TRIGGERS g ON g.EVENT_OBJECT_SCHEMA = t.TABLE_SCHEMA AND g.EVENT_OBJECT_TABLE = t.TABLE_NAME',
    aliases: [],
    where: '1 = 1',
    sentence: () => "CONCAT('its trigger ', g.TRIGGER_NAME, ' would stay with the table that is replaced')",
  },
  {
    id: 'kind',
    applies: always,
    joins: '',
    aliases: [],
    where: "t.TABLE_TYPE <> 'BASE TABLE'",
    sentence: () => "CONCAT('it is no plain table: ', LOWER(t.TABLE_TYPE))",
  },
  {
    id: 'partitions',
    applies: always,
    joins: '',
    aliases: [],
    where: "t.CREATE_OPTIONS LIKE '%partitioned%'",
    sentence: () => "'it is partitioned, and only whole tables are converted here'",
  },
]

// Bytes of a row that stay in its page at most (MySQL manual, "Limits on Table Column Count and Row Size"). Numbers and times
// are counted as 4: rather too few, since the server counts them itself.
function rowBytes({ longColumnBytes }: InnodbLimits): string {
  return `SUM(CASE WHEN c.CHARACTER_OCTET_LENGTH IS NULL THEN 4 WHEN c.DATA_TYPE IN ('char', 'binary') AND IFNULL(m.MAXLEN, 1) = 1 THEN c.CHARACTER_OCTET_LENGTH ELSE LEAST(c.CHARACTER_OCTET_LENGTH, ${longColumnBytes}) END)`
}

/** The rules that a server has, by their names. */
export function rulesFor(limits: InnodbLimits): string[] {
  return rules.filter((rule) => rule.applies(limits)).map(({ id }) => id)
}

/** A question whose rows are 'obstacle', database, table and what stands in the way, for every table in the scope. Only reads. */
export function obstacleQuestion(limits: InnodbLimits, scope: Scope): string {
  return rules
    .filter((rule) => rule.applies(limits))
    .map(({ joins, aliases, where, having, sentence }) =>
      [
        `SELECT 'obstacle', t.TABLE_SCHEMA, t.TABLE_NAME, MIN(sentence) FROM (`,
        `SELECT t.TABLE_SCHEMA, t.TABLE_NAME, ${sentence(limits)} AS sentence FROM information_schema.TABLES t ${joins}`,
        `WHERE ${[scope.tables, ...aliases.map(scope.joined), where].join(' AND ')}`,
        having ? `GROUP BY t.TABLE_SCHEMA, t.TABLE_NAME HAVING ${having(limits)}` : '',
        `) t GROUP BY t.TABLE_SCHEMA, t.TABLE_NAME`,
      ].join(' '),
    )
    .join(' UNION ALL ')
}
