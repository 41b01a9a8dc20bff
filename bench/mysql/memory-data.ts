import { sqlLongOn, sqlOn } from './guest'

const mega = 2 ** 20

/** The account and the database of the load, and tables that are larger than any cache that may be proposed here. */
export async function fillForMemory(name: string, memoryMib: number): Promise<void> {
  const wideRows = Math.ceil((0.6 * memoryMib * mega) / 8192)
  // An entry of the key takes 249 bytes in its page, and pages are some nine tenths full.
  const keyedRows = Math.ceil(((memoryMib / 32) * mega) / 260)
  // What an Aria table of this size takes in its cache is more than that cache.
  const ariaRows = Math.ceil((((memoryMib / 128) * mega) / 1000) * 1.2)
  await sqlOn(name, 'SET GLOBAL innodb_buffer_pool_size = 33554432, innodb_flush_log_at_trx_commit = 0')
  await sqlLongOn(
    name,
    `${accounts}
DROP DATABASE IF EXISTS bench; CREATE DATABASE bench CHARACTER SET latin1; USE bench;
SET unique_checks = 0, foreign_key_checks = 0, SESSION myisam_sort_buffer_size = 16777216;
CREATE TABLE wide (id INT NOT NULL PRIMARY KEY, pad VARBINARY(8000) NOT NULL) ENGINE=InnoDB;
INSERT INTO wide SELECT seq, REPEAT('x', 7900) FROM seq_1_to_${wideRows};
CREATE TABLE keyed (id INT NOT NULL, name CHAR(240) NOT NULL, KEY (name)) ENGINE=MyISAM PACK_KEYS=0;
INSERT INTO keyed SELECT seq, RPAD(MD5(seq), 240, MD5(-seq)) FROM seq_1_to_${keyedRows};
CREATE TABLE aria (id INT NOT NULL PRIMARY KEY, pad CHAR(250) NOT NULL, more CHAR(250), most CHAR(250), last CHAR(250)) ENGINE=Aria;
INSERT INTO aria SELECT seq, 'a', 'b', 'c', 'd' FROM seq_1_to_${ariaRows};
CREATE TABLE narrow (id INT NOT NULL PRIMARY KEY, k INT NOT NULL, pad CHAR(200) NOT NULL) ENGINE=InnoDB;
INSERT INTO narrow SELECT seq, seq % 997, RPAD(MD5(seq), 200, MD5(-seq)) FROM seq_1_to_12000;
CREATE TABLE scanned (id INT NOT NULL, a CHAR(250), b CHAR(250), c CHAR(250), d CHAR(250), e CHAR(250), f CHAR(250), g CHAR(250), h CHAR(250)) ENGINE=MyISAM;
INSERT INTO scanned SELECT seq, MD5(seq), 'b', 'c', 'd', 'e', 'f', 'g', 'h' FROM seq_1_to_6000;
CREATE TABLE written (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, who INT NOT NULL, pad CHAR(200), KEY (who)) ENGINE=InnoDB;
CREATE TABLE build_innodb ENGINE=InnoDB AS SELECT id, pad FROM narrow;
CREATE TABLE build_myisam ENGINE=MyISAM AS SELECT id, pad FROM narrow;
${holding}`,
    900,
  )
}

const accounts = `CREATE OR REPLACE USER bench@localhost IDENTIFIED BY 'bench'; GRANT ALL ON bench.* TO bench@localhost;
CREATE OR REPLACE USER bench_root@localhost IDENTIFIED BY 'bench'; GRANT ALL ON *.* TO bench_root@localhost;`

/**
 * One question that holds all of a connection's buffers at once: rows in the order of a sort (read_rnd_buffer_size), a scan
 * of MyISAM (read_buffer_size), a sort (sort_buffer_size) and a join without an index (join_buffer_size), each of which
 * comes to its last row with its buffer full and begins the next there; the innermost waits until it is let go.
 */
const holding = `DELIMITER //
CREATE FUNCTION wait_here() RETURNS INT NOT DETERMINISTIC BEGIN
  IF @waited IS NULL THEN
    SET @waited = GET_LOCK('bench', 900);
    SET @freed = RELEASE_LOCK('bench');
  END IF;
  RETURN 0;
END//
CREATE FUNCTION joined() RETURNS INT NOT DETERMINISTIC READS SQL DATA BEGIN
  DECLARE found INT;
  SELECT COUNT(*) INTO found FROM (SELECT pad FROM narrow WHERE id <= 3500) AS a
    STRAIGHT_JOIN narrow AS b ON b.pad <> a.pad WHERE b.id <= 40 AND (b.id < 40 OR wait_here() = 0);
  RETURN 0;
END//
CREATE FUNCTION sorted() RETURNS INT NOT DETERMINISTIC READS SQL DATA BEGIN
  DECLARE found INT;
  SELECT COUNT(*) INTO found FROM (SELECT pad, k, id FROM narrow
    WHERE id < 12000 OR joined() = 0 ORDER BY pad, k LIMIT 100000) AS s;
  RETURN 0;
END//
CREATE FUNCTION scanned_once() RETURNS INT NOT DETERMINISTIC READS SQL DATA BEGIN
  DECLARE found INT;
  IF @scanned IS NULL THEN
    SET @scanned = 1;
    SELECT COUNT(*) INTO found FROM scanned WHERE id < 6000 OR sorted() = 0;
  END IF;
  RETURN 0;
END//
DELIMITER ;
`
