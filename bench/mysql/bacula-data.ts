import { readFileSync } from 'node:fs'
import { digestOf, lstatOf } from '../catalog-data/texts'
import { sqlLongOn, sqlOn } from './guest'

/** How many rows the catalog holds before the first job. */
export const filled = { files: 1_000_000, names: 400_000, paths: 60_000 }

// From eight distant places a row draws its name and path, so that jobs find theirs all over the indexes.
const nameSql = (id: string) => `CONCAT('document-', LOWER(HEX(${id} * 7919 MOD 1000003)), '-', ${id}, '.txt')`
const pathSql = (id: string) => `CONCAT('/srv/project-', ${id} MOD 977, '/part-', LOWER(HEX(${id})), '/')`
const nameOf = (id: number) => `document-${((id * 7919) % 1_000_003).toString(16)}-${id}.txt`
const pathOf = (id: number) => `/srv/project-${id % 977}/part-${id.toString(16)}/`

/** The stock tables of Bacula 9 with jobs of the past in them. */
export async function fillCatalogOn(name: string): Promise<void> {
  const schema = readFileSync('bench/catalog-data/schema-mariadb-16.sql', 'utf8')
  await sqlOn(name, 'SET GLOBAL innodb_buffer_pool_size = 33554432, innodb_flush_log_at_trx_commit = 0')
  await sqlLongOn(
    name,
    `DROP DATABASE IF EXISTS bacula; CREATE DATABASE bacula CHARACTER SET latin1; USE bacula;
${schema}
INSERT INTO Path (PathId, Path) SELECT seq, ${pathSql('seq')} FROM seq_1_to_${filled.paths};
INSERT INTO Filename (FilenameId, Name) SELECT seq, ${nameSql('seq')} FROM seq_1_to_${filled.names};
INSERT INTO File (FileIndex, JobId, PathId, FilenameId, LStat, MD5)
  SELECT seq MOD 25000, 1 + seq DIV 25000, 1 + seq DIV 7 MOD ${filled.paths}, 1 + seq * 37 MOD ${filled.names},
    '${lstatOf(7)}', LEFT(TO_BASE64(UNHEX(MD5(seq))), 22)
  FROM seq_1_to_${filled.files};
INSERT INTO Media (VolumeName, MediaType, PoolId) SELECT CONCAT('Full-', seq), 'File', 1 FROM seq_1_to_140;`,
    900,
  )
}

/** Of the names and folders of a job, so many of ten are new to the catalog. */
const fresh = { names: 4, paths: 2 }

/**
 * The statements of one job as Bacula 9's director sends them with batch insert: a temporary table that takes 32 files in a
 * statement, then the missing folders and names under a lock each, and the files by a join. Between them the volume's
 * records as a job of some size brings them, each a transaction of its own.
 */
export function* jobStatements(jobId: number, files: number): Generator<string> {
  yield `INSERT INTO Job (JobId, Job, Name, Type, Level, JobStatus, SchedTime, StartTime) VALUES (${jobId}, 'nightly.${jobId}', 'nightly', 'B', 'F', 'R', NOW(), NOW());\n`
  yield 'CREATE TEMPORARY TABLE batch (FileIndex integer, JobId integer, Path blob, Name blob, LStat tinyblob, MD5 tinyblob, DeltaSeq integer);\n'
  for (let at = 0; at < files; at += 32) {
    const rows = Array.from({ length: Math.min(32, files - at) }, (_, place) => rowOf(jobId, at + place))
    yield `INSERT INTO batch VALUES ${rows.join(',')};\n`
    if (at % 3200 === 0) yield* volumeRecords(jobId, at)
  }
  yield `LOCK TABLES Path write, batch write, Path as p write;
INSERT INTO Path (Path) SELECT a.Path FROM (SELECT DISTINCT Path FROM batch) AS a WHERE NOT EXISTS (SELECT Path FROM Path AS p WHERE p.Path = a.Path);
UNLOCK TABLES;
LOCK TABLES Filename write, batch write, Filename as f write;
INSERT INTO Filename (Name) SELECT a.Name FROM (SELECT DISTINCT Name FROM batch) AS a WHERE NOT EXISTS (SELECT Name FROM Filename AS f WHERE f.Name = a.Name);
UNLOCK TABLES;
INSERT INTO File (FileIndex, JobId, PathId, FilenameId, LStat, MD5, DeltaSeq)
  SELECT batch.FileIndex, batch.JobId, Path.PathId, Filename.FilenameId, batch.LStat, batch.MD5, batch.DeltaSeq
  FROM batch JOIN Path ON (batch.Path = Path.Path) JOIN Filename ON (batch.Name = Filename.Name);
DROP TABLE batch;
UPDATE Job SET JobStatus = 'T', EndTime = NOW(), JobFiles = ${files} WHERE JobId = ${jobId};
`
}

function rowOf(jobId: number, at: number): string {
  const folder = Math.floor(at / 20)
  const drawn = (what: number, below: number) => 1 + ((jobId * 104_729 + what * 15_485_863) % below)
  // New ones are told from all others by the job's number.
  const path =
    folder % 10 < fresh.paths ? pathOf(filled.paths + jobId * 100_000 + folder) : pathOf(drawn(folder, filled.paths))
  const name = at % 10 < fresh.names ? nameOf(filled.names + jobId * 1_000_000 + at) : nameOf(drawn(at, filled.names))
  return `(${at + 1},${jobId},'${path}','${name}','${lstatOf(at)}','${digestOf(at).slice(0, 22)}',0)`
}

function* volumeRecords(jobId: number, at: number): Generator<string> {
  const media = 1 + ((jobId + at) % 140)
  yield `INSERT INTO JobMedia (JobId, MediaId, FirstIndex, LastIndex, EndBlock) VALUES (${jobId}, ${media}, ${at}, ${at + 3200}, 60000);\n`
  yield `UPDATE Media SET VolJobs = VolJobs + 1, VolBytes = VolBytes + 1000000, LastWritten = NOW() WHERE MediaId = ${media};\n`
}
