-- What somebody made long ago and never converted: MyISAM, latin1, the same rows in every build.
CREATE DATABASE old CHARACTER SET latin1;
USE old;

CREATE TABLE visits (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME NOT NULL,
  address VARCHAR(39) NOT NULL,
  page VARCHAR(200) NOT NULL,
  KEY (at),
  KEY (page)
) ENGINE=MyISAM;
INSERT INTO visits (at, address, page)
  SELECT '2009-04-11' + INTERVAL seq * 13 MINUTE, CONCAT('192.0.2.', seq * 17 % 254 + 1), CONCAT('/blog/', seq * 7919 % 601)
  FROM seq_1_to_20000;

-- A key that InnoDB has since MySQL 5.6 and MariaDB 10.0.
CREATE TABLE articles (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  title VARCHAR(200) NOT NULL,
  body TEXT NOT NULL,
  FULLTEXT KEY words (title, body)
) ENGINE=MyISAM;
INSERT INTO articles (title, body)
  SELECT CONCAT('Backup of station ', seq), CONCAT(REPEAT('The quick brown fox jumps over the lazy dog. ', seq % 9 + 1),
    ELT(seq % 4 + 1, 'tape', 'volume', 'catalog', 'director'), ' ', seq)
  FROM seq_1_to_1000;

-- A counter that starts anew in each receipt: no InnoDB has that.
CREATE TABLE receipt_lines (
  receipt INT UNSIGNED NOT NULL,
  line INT UNSIGNED NOT NULL AUTO_INCREMENT,
  text VARCHAR(80) NOT NULL,
  PRIMARY KEY (receipt, line)
) ENGINE=MyISAM;
INSERT INTO receipt_lines (receipt, text) SELECT 1 + seq DIV 10, CONCAT('line ', seq) FROM seq_1_to_5000;

-- The build cuts the index of these two, and marks the second as crashed.
CREATE TABLE damaged (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  note TEXT,
  KEY (name)
) ENGINE=MyISAM;
INSERT INTO damaged SELECT seq, CONCAT('item ', seq * 7919 % 3001), REPEAT('x', seq % 50) FROM seq_1_to_3000;
CREATE TABLE crashed LIKE damaged;
INSERT INTO crashed SELECT * FROM damaged;
