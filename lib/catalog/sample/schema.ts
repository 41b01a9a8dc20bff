// The tables of Bacula 9's SQLite catalog (schema 16), as its make_sqlite3_tables defines them; only what no reader sees
// (foreign keys that SQLite ignores) is left out. bench/catalog-data/check-schema.ts compares them with the package's.

const job = `
  Job VARCHAR(128) NOT NULL, Name VARCHAR(128) NOT NULL, Type CHAR(1) NOT NULL, Level CHAR(1) NOT NULL,
  ClientId INTEGER DEFAULT 0, JobStatus CHAR(1) NOT NULL,
  SchedTime DATETIME NOT NULL, StartTime DATETIME DEFAULT 0, EndTime DATETIME DEFAULT 0, RealEndTime DATETIME DEFAULT 0,
  JobTDate BIGINT UNSIGNED DEFAULT 0, VolSessionId INTEGER UNSIGNED DEFAULT 0, VolSessionTime INTEGER UNSIGNED DEFAULT 0,
  JobFiles INTEGER UNSIGNED DEFAULT 0, JobBytes BIGINT UNSIGNED DEFAULT 0, ReadBytes BIGINT UNSIGNED DEFAULT 0,
  JobErrors INTEGER UNSIGNED DEFAULT 0, JobMissingFiles INTEGER UNSIGNED DEFAULT 0,
  PoolId INTEGER UNSIGNED DEFAULT 0, FileSetId INTEGER UNSIGNED DEFAULT 0, PriorJobId INTEGER UNSIGNED DEFAULT 0,
  PurgedFiles TINYINT DEFAULT 0, HasBase TINYINT DEFAULT 0, HasCache TINYINT DEFAULT 0, Reviewed TINYINT DEFAULT 0,
  Comment TEXT, FileTable TEXT DEFAULT 'File'`

const counters = (names: string, type = 'INTEGER') =>
  names
    .split(' ')
    .map((name) => `${name} ${type} UNSIGNED DEFAULT 0`)
    .join(', ')
const flags = (names: string) =>
  names
    .split(' ')
    .map((name) => `${name} TINYINT DEFAULT 0`)
    .join(', ')

/** Each table's columns, in their order. */
export const sampleTables: Readonly<Record<string, string>> = {
  Filename: `FilenameId INTEGER PRIMARY KEY, Name TEXT DEFAULT ''`,
  Path: `PathId INTEGER PRIMARY KEY, Path TEXT DEFAULT ''`,
  File: `FileId INTEGER PRIMARY KEY, FileIndex INTEGER DEFAULT 0, JobId INTEGER UNSIGNED NOT NULL,
  PathId INTEGER UNSIGNED NOT NULL, FilenameId INTEGER UNSIGNED NOT NULL, DeltaSeq SMALLINT UNSIGNED DEFAULT 0,
  MarkId INTEGER UNSIGNED DEFAULT 0, LStat VARCHAR(255) NOT NULL, MD5 VARCHAR(255) NOT NULL`,
  RestoreObject: `RestoreObjectId INTEGER PRIMARY KEY, ObjectName TEXT DEFAULT '', RestoreObject TEXT DEFAULT '',
  PluginName TEXT DEFAULT '', ObjectLength INTEGER DEFAULT 0, ObjectFullLength INTEGER DEFAULT 0,
  ObjectIndex INTEGER DEFAULT 0, ObjectType INTEGER DEFAULT 0, FileIndex INTEGER DEFAULT 0,
  ObjectCompression INTEGER DEFAULT 0, JobId INTEGER UNSIGNED NOT NULL`,
  Job: `JobId INTEGER PRIMARY KEY, ${job}`,
  JobHisto: `JobId INTEGER, ${job}`,
  Location: 'LocationId INTEGER PRIMARY KEY, Location TEXT NOT NULL, Cost INTEGER DEFAULT 0, Enabled TINYINT',
  LocationLog: `LocLogId INTEGER PRIMARY KEY, Date DATETIME NOT NULL, Comment TEXT NOT NULL,
  ${counters('MediaId LocationId')}, NewVolStatus VARCHAR(20) NOT NULL, NewEnabled TINYINT NOT NULL`,
  Log: `LogId INTEGER PRIMARY KEY, JobId INTEGER UNSIGNED NOT NULL, Time DATETIME NOT NULL, LogText TEXT NOT NULL`,
  FileSet: `FileSetId INTEGER PRIMARY KEY, FileSet VARCHAR(128) NOT NULL, MD5 VARCHAR(25) NOT NULL,
  CreateTime DATETIME DEFAULT 0`,
  JobMedia: `JobMediaId INTEGER PRIMARY KEY, JobId INTEGER UNSIGNED NOT NULL, MediaId INTEGER UNSIGNED NOT NULL,
  FirstIndex INTEGER UNSIGNED NOT NULL, LastIndex INTEGER UNSIGNED NOT NULL,
  ${counters('StartFile EndFile StartBlock EndBlock VolIndex')}`,
  Media: `MediaId INTEGER PRIMARY KEY, VolumeName VARCHAR(128) NOT NULL, Slot INTEGER DEFAULT 0,
  PoolId INTEGER UNSIGNED DEFAULT 0, MediaType VARCHAR(128) NOT NULL, MediaTypeId INTEGER UNSIGNED DEFAULT 0,
  LabelType TINYINT DEFAULT 0, FirstWritten DATETIME DEFAULT 0, LastWritten DATETIME DEFAULT 0,
  LabelDate DATETIME DEFAULT 0, ${counters('VolJobs VolFiles VolBlocks')}, LastPartBytes BIGINT UNSIGNED DEFAULT 0,
  VolMounts INTEGER UNSIGNED DEFAULT 0, ${counters('VolBytes VolABytes VolAPadding VolHoleBytes', 'BIGINT')},
  ${counters('VolHoles VolType VolParts VolCloudParts VolErrors')},
  ${counters('VolWrites VolCapacityBytes', 'BIGINT')}, VolStatus VARCHAR(20) NOT NULL, Enabled TINYINT DEFAULT 1,
  ${flags('Recycle ActionOnPurge')}, ${counters('CacheRetention VolRetention VolUseDuration', 'BIGINT')},
  ${counters('MaxVolJobs MaxVolFiles')}, MaxVolBytes BIGINT UNSIGNED DEFAULT 0, InChanger TINYINT DEFAULT 0,
  ${counters('StorageId DeviceId')}, MediaAddressing TINYINT DEFAULT 0, ${counters('VolReadTime VolWriteTime', 'BIGINT')},
  ${counters('EndFile EndBlock LocationId RecycleCount')}, InitialWrite DATETIME DEFAULT 0,
  ${counters('ScratchPoolId RecyclePoolId')}, Comment TEXT`,
  MediaType: 'MediaTypeId INTEGER PRIMARY KEY, MediaType VARCHAR(128) NOT NULL, ReadOnly TINYINT DEFAULT 0',
  Storage: 'StorageId INTEGER PRIMARY KEY, Name VARCHAR(128) NOT NULL, AutoChanger TINYINT DEFAULT 0',
  Device: `DeviceId INTEGER PRIMARY KEY, Name VARCHAR(128) NOT NULL, MediaTypeId INTEGER UNSIGNED NOT NULL,
  StorageId INTEGER UNSIGNED, DevMounts INTEGER UNSIGNED DEFAULT 0,
  ${counters('DevReadBytes DevWriteBytes DevReadBytesSinceCleaning DevWriteBytesSinceCleaning', 'BIGINT')},
  ${counters('DevReadTime DevWriteTime DevReadTimeSinceCleaning DevWriteTimeSinceCleaning', 'BIGINT')},
  CleaningDate DATETIME DEFAULT 0, CleaningPeriod BIGINT UNSIGNED DEFAULT 0`,
  Pool: `PoolId INTEGER PRIMARY KEY, Name VARCHAR(128) NOT NULL, ${counters('NumVols MaxVols')},
  UseOnce TINYINT DEFAULT 0, UseCatalog TINYINT DEFAULT 1, AcceptAnyVolume TINYINT DEFAULT 0,
  ${counters('CacheRetention VolRetention VolUseDuration', 'BIGINT')}, ${counters('MaxVolJobs MaxVolFiles')},
  MaxVolBytes BIGINT UNSIGNED DEFAULT 0, ${flags('AutoPrune Recycle ActionOnPurge')}, PoolType VARCHAR(20) NOT NULL,
  LabelType TINYINT DEFAULT 0, LabelFormat VARCHAR(128) NOT NULL, Enabled TINYINT DEFAULT 1,
  ${counters('ScratchPoolId RecyclePoolId NextPoolId')},
  ${counters('MigrationHighBytes MigrationLowBytes MigrationTime', 'BIGINT')}, UNIQUE (Name)`,
  Client: `ClientId INTEGER PRIMARY KEY, Name VARCHAR(128) NOT NULL, Uname VARCHAR(255) NOT NULL,
  AutoPrune TINYINT DEFAULT 0, ${counters('FileRetention JobRetention', 'BIGINT')}, UNIQUE (Name)`,
  BaseFiles: `BaseId BIGINT PRIMARY KEY, BaseJobId INTEGER UNSIGNED NOT NULL, JobId INTEGER UNSIGNED NOT NULL,
  FileId INTEGER UNSIGNED NOT NULL, FileIndex INTEGER DEFAULT 0`,
  UnsavedFiles: `UnsavedId INTEGER PRIMARY KEY, JobId INTEGER UNSIGNED NOT NULL, PathId INTEGER UNSIGNED NOT NULL,
  FilenameId INTEGER UNSIGNED NOT NULL`,
  Version: 'VersionId INTEGER UNSIGNED NOT NULL',
  Counters: `Counter TEXT NOT NULL PRIMARY KEY, MinValue INTEGER DEFAULT 0, MaxValue INTEGER DEFAULT 0,
  CurrentValue INTEGER DEFAULT 0, WrapCounter TEXT NOT NULL`,
  CDImages: 'MediaId INTEGER UNSIGNED NOT NULL PRIMARY KEY, LastBurn DATETIME NOT NULL',
  PathHierarchy: 'PathId integer NOT NULL PRIMARY KEY, PPathId integer NOT NULL',
  PathVisibility: `PathId integer NOT NULL, JobId integer NOT NULL, Size int8 DEFAULT 0, Files int4 DEFAULT 0,
  PRIMARY KEY (JobId, PathId)`,
  Snapshot: `SnapshotId serial PRIMARY KEY, Name text NOT NULL, JobId integer DEFAULT 0, FileSetId integer DEFAULT 0,
  CreateTDate bigint DEFAULT 0, CreateDate datetime NOT NULL, ClientId int DEFAULT 0, Volume text NOT NULL,
  Device text NOT NULL, Type text NOT NULL, Retention int DEFAULT 0, Comment text`,
  Status: 'JobStatus CHAR(1) NOT NULL PRIMARY KEY, JobStatusLong BLOB, Severity INT',
}

/** Index name, table, columns; a unique one begins with "unique ". */
const sampleIndexes: readonly (readonly [name: string, table: string, columns: string])[] = [
  ['inx1', 'Filename', 'Name'],
  ['inx2', 'Path', 'Path'],
  ['inx3', 'File', 'JobId'],
  ['file_jpf_idx', 'File', 'JobId, PathId, FilenameId'],
  ['restore_jobid_idx', 'RestoreObject', 'JobId'],
  ['inx6', 'Job', 'Name'],
  ['job_jobtdate_inx', 'Job', 'JobTDate'],
  ['inx61', 'JobHisto', 'StartTime'],
  ['LogInx1', 'Log', 'JobId'],
  ['fileset_name_idx', 'FileSet', 'FileSet'],
  ['inx7', 'JobMedia', 'JobId, MediaId'],
  ['unique Media_Volumename_Id', 'Media', 'VolumeName'],
  ['inx8', 'Media', 'PoolId'],
  ['inx9', 'Media', 'StorageId'],
  ['pool_name_idx', 'Pool', 'Name'],
  ['unique client_name_idx', 'Client', 'Name'],
  ['basefiles_jobid_idx', 'BaseFiles', 'JobId'],
  ['pathhierarchy_ppathid', 'PathHierarchy', 'PPathId'],
  ['pathvisibility_jobid', 'PathVisibility', 'JobId'],
  ['unique snapshot_idx', 'Snapshot', 'Device, Volume, Name'],
]

/** All of it as one script. */
export function sampleSchema(): string {
  const tables = Object.entries(sampleTables).map(([name, columns]) => `CREATE TABLE ${name} (${columns});`)
  const indexes = sampleIndexes.map(([name, table, columns]) => {
    const isUnique = name.startsWith('unique ')
    return `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${name.replace('unique ', '')} ON ${table} (${columns});`
  })
  return [...tables, ...indexes].join('\n')
}

/** Rows of Status as Bacula 9.6 fills it: what its reports call each JobStatus. */
export const statusRows: readonly (readonly [code: string, words: string, severity: number | null])[] = [
  ['C', 'Created, not yet running', 15],
  ['R', 'Running', 15],
  ['B', 'Blocked', 15],
  ['T', 'Completed successfully', 10],
  ['E', 'Terminated with errors', 25],
  ['e', 'Non-fatal error', 20],
  ['f', 'Fatal error', 100],
  ['D', 'Verify found differences', 15],
  ['A', 'Canceled by user', 90],
  ['F', 'Waiting for Client', 15],
  ['S', 'Waiting for Storage daemon', 15],
  ['m', 'Waiting for new media', null],
  ['M', 'Waiting for media mount', 15],
  ['s', 'Waiting for storage resource', 15],
  ['j', 'Waiting for job resource', 15],
  ['c', 'Waiting for client resource', 15],
  ['d', 'Waiting on maximum jobs', 15],
  ['t', 'Waiting on start time', 15],
  ['p', 'Waiting on higher priority jobs', 15],
  ['a', 'SD despooling attributes', 15],
  ['i', 'Doing batch insert file records', 15],
  ['I', 'Incomplete Job', 25],
]
