-- The tables and indexes of a Bacula 9 catalog (schema 16) in MariaDB or MySQL, written anew from the published definitions.
-- check-schema.ts compares both in a server: columns, types, defaults and indexes must be the same.

create table Filename (
  FilenameId int unsigned not null auto_increment primary key,
  Name blob not null,
  index (Name(255))
);

create table Path (
  PathId int unsigned not null auto_increment primary key,
  Path blob not null,
  index (Path(255))
);

create table File (
  FileId bigint unsigned not null auto_increment primary key,
  FileIndex int default 0,
  JobId int unsigned not null,
  PathId int unsigned not null,
  FilenameId int unsigned not null,
  DeltaSeq smallint unsigned default 0,
  MarkId int unsigned default 0,
  LStat tinyblob not null,
  MD5 tinyblob,
  index (JobId),
  index (JobId, PathId, FilenameId)
);

create table RestoreObject (
  RestoreObjectId int unsigned not null auto_increment primary key,
  ObjectName blob not null,
  RestoreObject longblob not null,
  PluginName tinyblob not null,
  ObjectLength int default 0,
  ObjectFullLength int default 0,
  ObjectIndex int default 0,
  ObjectType int default 0,
  FileIndex int default 0,
  JobId int unsigned not null,
  ObjectCompression int default 0,
  index (JobId)
);

create table MediaType (
  MediaTypeId int unsigned not null auto_increment primary key,
  MediaType tinyblob not null,
  ReadOnly tinyint default 0
);

create table Storage (
  StorageId int unsigned not null auto_increment primary key,
  Name tinyblob not null,
  AutoChanger tinyint default 0
);

create table Device (
  DeviceId int unsigned not null auto_increment primary key,
  Name tinyblob not null,
  MediaTypeId int unsigned default 0,
  StorageId int unsigned default 0,
  DevMounts int unsigned default 0,
  DevReadBytes bigint unsigned default 0,
  DevWriteBytes bigint unsigned default 0,
  DevReadBytesSinceCleaning bigint unsigned default 0,
  DevWriteBytesSinceCleaning bigint unsigned default 0,
  DevReadTime bigint unsigned default 0,
  DevWriteTime bigint unsigned default 0,
  DevReadTimeSinceCleaning bigint unsigned default 0,
  DevWriteTimeSinceCleaning bigint unsigned default 0,
  CleaningDate datetime default null,
  CleaningPeriod bigint unsigned default 0
);

create table Job (
  JobId int unsigned not null auto_increment primary key,
  Job tinyblob not null,
  Name tinyblob not null,
  Type binary(1) not null,
  Level binary(1) not null,
  ClientId int unsigned default 0,
  JobStatus binary(1) not null,
  SchedTime datetime default null,
  StartTime datetime default null,
  EndTime datetime default null,
  RealEndTime datetime default null,
  JobTDate bigint unsigned default 0,
  VolSessionId int unsigned default 0,
  VolSessionTime int unsigned default 0,
  JobFiles int unsigned default 0,
  JobBytes bigint unsigned default 0,
  ReadBytes bigint unsigned default 0,
  JobErrors int unsigned default 0,
  JobMissingFiles int unsigned default 0,
  PoolId int unsigned default 0,
  FileSetId int unsigned default 0,
  PriorJobId int unsigned default 0,
  PurgedFiles tinyint default 0,
  HasBase tinyint default 0,
  HasCache tinyint default 0,
  Reviewed tinyint default 0,
  Comment blob,
  FileTable char(20) default 'File',
  index (Name(128)),
  index (JobTDate)
);

create table JobHisto (
  JobId int unsigned not null,
  Job tinyblob not null,
  Name tinyblob not null,
  Type binary(1) not null,
  Level binary(1) not null,
  ClientId int unsigned default 0,
  JobStatus binary(1) not null,
  SchedTime datetime default null,
  StartTime datetime default null,
  EndTime datetime default null,
  RealEndTime datetime default null,
  JobTDate bigint unsigned default 0,
  VolSessionId int unsigned default 0,
  VolSessionTime int unsigned default 0,
  JobFiles int unsigned default 0,
  JobBytes bigint unsigned default 0,
  ReadBytes bigint unsigned default 0,
  JobErrors int unsigned default 0,
  JobMissingFiles int unsigned default 0,
  PoolId int unsigned default 0,
  FileSetId int unsigned default 0,
  PriorJobId int unsigned default 0,
  PurgedFiles tinyint default 0,
  HasBase tinyint default 0,
  HasCache tinyint default 0,
  Reviewed tinyint default 0,
  Comment blob,
  FileTable char(20) default 'File',
  index (JobId),
  index (StartTime),
  index (JobTDate)
);

create table Location (
  LocationId int unsigned not null auto_increment primary key,
  Location tinyblob not null,
  Cost int default 0,
  Enabled tinyint
);

create table LocationLog (
  LocLogId int unsigned not null auto_increment primary key,
  Date datetime default null,
  Comment blob not null,
  MediaId int unsigned default 0,
  LocationId int unsigned default 0,
  NewVolStatus enum ('Full', 'Archive', 'Append', 'Recycle', 'Purged', 'Read-Only', 'Disabled', 'Error', 'Busy', 'Used',
    'Cleaning') not null,
  NewEnabled tinyint
);

create table FileSet (
  FileSetId int unsigned not null auto_increment primary key,
  FileSet tinyblob not null,
  MD5 tinyblob,
  CreateTime datetime default null
);

create table JobMedia (
  JobMediaId int unsigned not null auto_increment primary key,
  JobId int unsigned not null,
  MediaId int unsigned not null,
  FirstIndex int unsigned default 0,
  LastIndex int unsigned default 0,
  StartFile int unsigned default 0,
  EndFile int unsigned default 0,
  StartBlock int unsigned default 0,
  EndBlock int unsigned default 0,
  VolIndex int unsigned default 0,
  index (JobId, MediaId)
);

create table Media (
  MediaId int unsigned not null auto_increment primary key,
  VolumeName tinyblob not null,
  Slot int default 0,
  PoolId int unsigned default 0,
  MediaType tinyblob not null,
  MediaTypeId int unsigned default 0,
  LabelType tinyint default 0,
  FirstWritten datetime default null,
  LastWritten datetime default null,
  LabelDate datetime default null,
  VolJobs int unsigned default 0,
  VolFiles int unsigned default 0,
  VolBlocks int unsigned default 0,
  VolParts int unsigned default 0,
  VolCloudParts int unsigned default 0,
  VolMounts int unsigned default 0,
  VolBytes bigint unsigned default 0,
  VolABytes bigint unsigned default 0,
  VolAPadding bigint unsigned default 0,
  VolHoleBytes bigint unsigned default 0,
  VolHoles int unsigned default 0,
  LastPartBytes bigint unsigned default 0,
  VolType int unsigned default 0,
  VolErrors int unsigned default 0,
  VolWrites bigint unsigned default 0,
  VolCapacityBytes bigint unsigned default 0,
  VolStatus enum ('Full', 'Archive', 'Append', 'Recycle', 'Purged', 'Read-Only', 'Disabled', 'Error', 'Busy', 'Used',
    'Cleaning') not null,
  Enabled tinyint default 1,
  Recycle tinyint default 0,
  ActionOnPurge tinyint default 0,
  CacheRetention bigint unsigned default 0,
  VolRetention bigint unsigned default 0,
  VolUseDuration bigint unsigned default 0,
  MaxVolJobs int unsigned default 0,
  MaxVolFiles int unsigned default 0,
  MaxVolBytes bigint unsigned default 0,
  InChanger tinyint default 0,
  StorageId int unsigned default 0,
  DeviceId int unsigned default 0,
  MediaAddressing tinyint default 0,
  VolReadTime bigint unsigned default 0,
  VolWriteTime bigint unsigned default 0,
  EndFile int unsigned default 0,
  EndBlock int unsigned default 0,
  LocationId int unsigned default 0,
  RecycleCount int unsigned default 0,
  InitialWrite datetime default null,
  ScratchPoolId int unsigned default 0,
  RecyclePoolId int unsigned default 0,
  Comment blob,
  unique (VolumeName(128)),
  index (PoolId),
  index (StorageId)
);

create table Pool (
  PoolId int unsigned not null auto_increment primary key,
  Name tinyblob not null,
  NumVols int unsigned default 0,
  MaxVols int unsigned default 0,
  UseOnce tinyint default 0,
  UseCatalog tinyint default 0,
  AcceptAnyVolume tinyint default 0,
  CacheRetention bigint unsigned default 0,
  VolRetention bigint unsigned default 0,
  VolUseDuration bigint unsigned default 0,
  MaxVolJobs int unsigned default 0,
  MaxVolFiles int unsigned default 0,
  MaxVolBytes bigint unsigned default 0,
  AutoPrune tinyint default 0,
  Recycle tinyint default 0,
  ActionOnPurge tinyint default 0,
  PoolType enum ('Backup', 'Copy', 'Cloned', 'Archive', 'Migration', 'Scratch') not null,
  LabelType tinyint default 0,
  LabelFormat tinyblob,
  Enabled tinyint default 1,
  ScratchPoolId int unsigned default 0,
  RecyclePoolId int unsigned default 0,
  NextPoolId int unsigned default 0,
  MigrationHighBytes bigint unsigned default 0,
  MigrationLowBytes bigint unsigned default 0,
  MigrationTime bigint unsigned default 0,
  unique (Name(128))
);

create table Client (
  ClientId int unsigned not null auto_increment primary key,
  Name tinyblob not null,
  Uname tinyblob not null,
  AutoPrune tinyint default 0,
  FileRetention bigint unsigned default 0,
  JobRetention bigint unsigned default 0,
  unique (Name(128))
);

create table Log (
  LogId int unsigned auto_increment primary key,
  JobId int unsigned default 0,
  Time datetime default null,
  LogText blob not null,
  index (JobId)
);

create table BaseFiles (
  BaseId bigint unsigned auto_increment primary key,
  BaseJobId int unsigned not null,
  JobId int unsigned not null,
  FileId bigint unsigned not null,
  FileIndex int default 0,
  index basefiles_jobid_idx (JobId)
);

create table UnsavedFiles (
  UnsavedId int unsigned auto_increment primary key,
  JobId int unsigned not null,
  PathId int unsigned not null,
  FilenameId int unsigned not null
);

create table Counters (
  Counter tinyblob not null,
  `MinValue` int default 0,
  `MaxValue` int default 0,
  CurrentValue int default 0,
  WrapCounter tinyblob not null,
  primary key (Counter(128))
);

create table CDImages (
  MediaId int unsigned not null primary key,
  LastBurn datetime default null
);

create table Status (
  JobStatus char(1) binary not null primary key,
  JobStatusLong blob,
  Severity int
);

create table PathHierarchy (
  PathId int unsigned not null primary key,
  PPathId int unsigned not null,
  index pathhierarchy_ppathid (PPathId)
);

create table PathVisibility (
  PathId int unsigned not null,
  JobId int unsigned not null,
  Size bigint default 0,
  Files int default 0,
  primary key (JobId, PathId),
  index pathvisibility_jobid (JobId)
);

create table Snapshot (
  SnapshotId int unsigned auto_increment primary key,
  Name tinyblob not null,
  JobId int unsigned default 0,
  FileSetId int unsigned default 0,
  CreateTDate bigint not null,
  CreateDate datetime not null,
  ClientId int unsigned default 0,
  Volume tinyblob not null,
  Device tinyblob not null,
  Type tinyblob not null,
  Retention int default 0,
  Comment blob,
  unique index snapshot_idx (Device(255), Volume(255), Name(255))
);

create table Version (
  VersionId int unsigned not null
);
