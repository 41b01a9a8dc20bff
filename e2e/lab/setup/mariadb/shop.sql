-- The database of a web shop that runs: InnoDB, foreign keys, the same rows in every build.
CREATE DATABASE shop CHARACTER SET utf8mb4;
USE shop;

CREATE TABLE customers (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(120) NOT NULL,
  name VARCHAR(80) NOT NULL,
  since DATE NOT NULL,
  UNIQUE KEY (email)
) ENGINE=InnoDB;
INSERT INTO customers (email, name, since)
  SELECT CONCAT('customer', seq, '@example.org'), CONCAT('Customer ', seq), '2019-03-01' + INTERVAL seq DAY
  FROM seq_1_to_2000;

CREATE TABLE orders (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer INT UNSIGNED NOT NULL,
  placed DATETIME NOT NULL,
  state ENUM('open', 'paid', 'sent', 'returned') NOT NULL,
  KEY (placed),
  FOREIGN KEY (customer) REFERENCES customers (id)
) ENGINE=InnoDB;
INSERT INTO orders (customer, placed, state)
  SELECT 1 + seq * 7919 % 2000, '2024-01-01' + INTERVAL seq * 97 MINUTE, 1 + seq % 4 FROM seq_1_to_8000;

CREATE TABLE order_lines (
  order_id INT UNSIGNED NOT NULL,
  line SMALLINT UNSIGNED NOT NULL,
  article VARCHAR(40) NOT NULL,
  quantity SMALLINT UNSIGNED NOT NULL,
  price DECIMAL(8, 2) NOT NULL,
  PRIMARY KEY (order_id, line),
  KEY (article),
  FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
) ENGINE=InnoDB;
INSERT INTO order_lines
  SELECT 1 + (seq - 1) DIV 3, 1 + (seq - 1) % 3, CONCAT('article-', seq * 31 % 400), 1 + seq % 5, (seq * 37 % 9000) / 100
  FROM seq_1_to_24000;
