import { describe, expect, it } from 'vitest'
import { isReadingSql } from './reading-sql'

describe('statements that a reading may give to the client of a database', () => {
  it.each([
    'SELECT VERSION()',
    "SHOW GLOBAL VARIABLES LIKE 'max_connections'",
    "SELECT USER = '', User FROM mysql.user WHERE Host <> ''; SHOW ERRORS;",
    "SET @pollux = 1, SESSION sql_mode = '' /*!50503 , SESSION lock_wait_timeout = 3 */ /*M!100101 , SESSION max_statement_time = 4 */;",
    "SET @a = NULL, @b = (SELECT COUNT(*) FROM information_schema.SCHEMATA); SET @t = IF(@b <= 9, 'SELECT 1, ''x''', 'DO 0'); PREPARE pollux FROM @t; EXECUTE pollux",
  ])('%s', (text) => expect(isReadingSql(text)).toBe(true))

  it.each([
    '',
    'DELETE FROM mysql.user',
    'SELECT 1; DROP TABLE x',
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    "SET @t = 'DROP TABLE x'; PREPARE a FROM @t; EXECUTE a",
    "SET @t = CONCAT('DR', 'OP TABLE x'); PREPARE a FROM @t; EXECUTE a",
    "SET @t = IF(1, CONCAT('DR', 'OP TABLE x'), 'DO 0'); PREPARE a FROM @t",
    "SET @t = IF(1, 'SELECT 1', 'DO 0'), @t = CONCAT('DR', 'OP TABLE x'); PREPARE a FROM @t",
    "SET @t=CONCAT('DR', 'OP TABLE x'); PREPARE a FROM @t",
    'PREPARE a FROM @t',
    "SET @t = IF(1, 'SELECT 1', 'DO 0'), @t\t= CONCAT('DR', 'OP TABLE x'); PREPARE a FROM @t",
    "SET @t = IF(1, 'SELECT 1', 'DO 0'); SELECT @t := CONCAT('DR', 'OP TABLE x'); PREPARE a FROM @t",
    'SET GLOBAL max_connections = 1',
    'SET @@global.max_connections = 1',
    'SET SESSION sql_mode = 0, GLOBAL x = 1',
    'SET @a = 1, max_connections = 5',
    'SET PERSIST x = 1',
    'SELECT 1 /*!50000 INTO @x */',
    'SELECT 1 /*! ; DROP TABLE x */',
    'SELECT 1 -- ; DROP',
    'SELECT "\\! id"',
    '\\! touch /tmp/pwned',
    'system id',
    'source /tmp/x',
    'USE mysql',
    'SELECT SLEEP(9)',
    'SELECT * FROM t FOR UPDATE',
    "SELECT 'a''; DROP TABLE x; SELECT '",
    'FLUSH TABLES',
    'SHOW GLOBAL VARIABLES; SET GLOBAL x = 1',
  ])('not: %s', (text) => expect(isReadingSql(text)).toBe(false))
})
