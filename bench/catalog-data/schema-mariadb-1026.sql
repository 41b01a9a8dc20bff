-- The tables and indexes of a Bacula 15 catalog (schema 1026) in MariaDB or MySQL, written anew from the published definitions.
-- check-schema.ts compares both in a server: columns, types, defaults and indexes must be the same.

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
  Filename blob not null,
  DeltaSeq smallint unsigned default 0,
  MarkId int unsigned default 0,
  LStat tinyblob not null,
  MD5 tinyblob,
  index (JobId),
  index (JobId, PathId, Filename(255))
);

create table RestoreObject (
  RestoreObjectId int unsigned not null auto_increment primary key,
  ObjectName mediumblob not null,
  RestoreObject longblob not null,
  PluginName blob not null,
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
  RealStartTime datetime default null,
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
  PriorJob tinyblob,
  PurgedFiles tinyint default 0,
  HasBase tinyint default 0,
  HasCache tinyint default 0,
  Reviewed tinyint default 0,
  Comment blob,
  FileTable char(20) default 'File',
  isVirtualFull tinyint default 0,
  CompressRatio float default 0,
  Rate float default 0,
  LastReadStorageId int default 0,
  LastReadDevice blob,
  WriteStorageId int default 0,
  WriteDevice blob,
  StatusInfo blob,
  Encrypted int default 0,
  index (Name(128))
);

create table JobHisto (
  JobId int unsigned not null primary key,
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
  RealStartTime datetime default null,
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
  PriorJob tinyblob,
  PurgedFiles tinyint default 0,
  HasBase tinyint default 0,
  HasCache tinyint default 0,
  Reviewed tinyint default 0,
  Comment blob,
  FileTable char(20) default 'File',
  isVirtualFull tinyint default 0,
  CompressRatio float default 0,
  Rate float default 0,
  LastReadStorageId int default 0,
  LastReadDevice blob,
  WriteStorageId int default 0,
  WriteDevice blob,
  StatusInfo blob,
  Encrypted int default 0,
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
  CreateTime datetime default null,
  Content blob
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
  index (JobId, MediaId),
  index (MediaId)
);

create table FileMedia (
  JobId int unsigned not null,
  FileIndex int unsigned not null,
  MediaId int unsigned not null,
  BlockAddress bigint unsigned default 0,
  RecordNo int unsigned default 0,
  FileOffset bigint unsigned default 0,
  index (JobId, FileIndex),
  FileMediaId int auto_increment primary key
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
  Protected tinyint default 0,
  UseProtect tinyint default 0,
  VolEncrypted tinyint default 0,
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
  VolRetention bigint unsigned default 0,
  CacheRetention bigint unsigned default 0,
  VolUseDuration bigint unsigned default 0,
  MaxVolJobs int unsigned default 0,
  MaxVolFiles int unsigned default 0,
  MaxVolBytes bigint unsigned default 0,
  MaxPoolBytes bigint unsigned default 0,
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
  Plugins varchar(255) default '',
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
  BaseId bigint unsigned not null auto_increment primary key,
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
  Filename blob not null
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
  JobId int default 0,
  FileSetId int default 0,
  CreateTDate bigint not null,
  CreateDate datetime not null,
  ClientId int default 0,
  Volume tinyblob not null,
  Device tinyblob not null,
  Type tinyblob not null,
  Retention int default 0,
  Comment blob,
  unique index snapshot_idx (Device(255), Volume(255), Name(255))
);

create table Version (
  VersionId int unsigned not null primary key
);

create table MalwareMD5 (
  MD5 char(22),
  index malwaremd5_idx (MD5)
);

create table MalwareSHA256 (
  MD5 char(65),
  index malwaresha256_idx (MD5)
);

create table FileEvents (
  Id bigint unsigned not null auto_increment primary key,
  Time datetime default now(),
  SourceJobId int,
  JobId int,
  FileIndex int,
  Type char,
  Description blob,
  Severity int,
  Source blob,
  index FileEvents_jobid_idx (JobId, FileIndex),
  index FileEvents_sourcejobid_idx (SourceJobId)
);

create table MetaEmail (
  EmailPKId bigint unsigned not null auto_increment primary key,
  EmailTenant text,
  EmailOwner text,
  EmailId text,
  EmailTime datetime,
  EmailTags text,
  EmailSubject text,
  EmailFolderName text,
  EmailFrom text,
  EmailTo text,
  EmailCc text,
  EmailInternetMessageId text,
  EmailBodyPreview text,
  EmailImportance varchar(255),
  EmailConversationId text,
  EmailIsRead tinyint,
  EmailIsDraft tinyint,
  EmailHasAttachment tinyint,
  EmailSize int,
  Plugin text,
  FileIndex int,
  JobId int,
  fulltext index meta_emailsubjectbody (EmailSubject, EmailBodyPreview, EmailTo, EmailCc, EmailFrom),
  index meta_emailowner (EmailTenant(255), EmailOwner(255)),
  index meta_emailtime (EmailTime),
  index meta_emailid (EmailId(255)),
  index meta_emailtags (EmailTags(255)),
  index meta_emailfoldername (EmailFolderName(255)),
  index meta_emailconversationid (EmailConversationId(255)),
  index meta_emailisread (EmailIsRead),
  index meta_emailhasattachment (EmailHasAttachment),
  index meta_emailjobid (JobId)
);

create table MetaAttachment (
  AttachmentPKId bigint unsigned not null auto_increment primary key,
  AttachmentTenant text,
  AttachmentOwner text,
  AttachmentName text,
  AttachmentEmailId text,
  AttachmentContentType varchar(255),
  AttachmentIsInline smallint,
  AttachmentSize int,
  Plugin text,
  FileIndex int,
  JobId int,
  index meta_attachmentowner (AttachmentTenant(255), AttachmentOwner(255)),
  index meta_attachmentemailid (AttachmentEmailId(255)),
  index meta_attachmentjobid (JobId)
);

create table TagJob (
  JobId int unsigned not null,
  Tag tinyblob not null,
  primary key (JobId, Tag(255))
);

create table TagClient (
  ClientId int unsigned not null,
  Tag tinyblob not null,
  primary key (ClientId, Tag(255))
);

create table TagMedia (
  MediaId int unsigned not null,
  Tag tinyblob not null,
  primary key (MediaId, Tag(255))
);

create table TagObject (
  ObjectId int unsigned not null,
  Tag tinyblob not null,
  primary key (ObjectId, Tag(255))
);

create table Object (
  ObjectId bigint unsigned not null auto_increment primary key,
  JobId int unsigned not null,
  Path blob not null,
  Filename blob not null,
  PluginName blob not null,
  FileIndex int not null default 0,
  ObjectCategory blob not null,
  ObjectType blob not null,
  ObjectName blob not null,
  ObjectSource blob not null,
  ObjectUUID blob not null,
  ObjectSize bigint not null,
  ObjectStatus binary(1) not null default 'U',
  ObjectCount int unsigned not null default 1,
  index object_jobid_idx (JobId),
  index object_category_idx (ObjectCategory(255)),
  index object_type_idx (ObjectType(255)),
  index object_name_idx (ObjectName(255)),
  index object_source_idx (ObjectSource(255))
);

create table Events (
  EventsId bigint unsigned not null auto_increment primary key,
  EventsCode tinyblob not null,
  EventsType tinyblob not null,
  EventsTime datetime,
  EventsInsertTime datetime,
  EventsDaemon tinyblob not null,
  EventsSource tinyblob not null,
  EventsRef tinyblob not null,
  EventsText blob not null,
  index events_time_idx (EventsTime)
);
