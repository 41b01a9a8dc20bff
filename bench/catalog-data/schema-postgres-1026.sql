-- The tables and indexes of a Bacula 15 catalog (schema 1026) in PostgreSQL, written anew from the published definitions.
-- check-schema.ts compares both in a server: columns, types, defaults and indexes must be the same.

create table path (
  pathid serial primary key,
  path text not null
);
alter table path alter column path set statistics 1000;
create unique index path_name_idx on path (path text_pattern_ops);

create table file (
  fileid bigserial primary key,
  fileindex integer not null default 0,
  jobid integer not null,
  pathid integer not null,
  filename text not null default '',
  deltaseq smallint not null default 0,
  markid integer not null default 0,
  lstat text not null,
  md5 text not null
);
create index file_jpfid_idx on file (jobid, pathid, filename text_pattern_ops);

create table restoreobject (
  restoreobjectid serial primary key,
  objectname text not null,
  restoreobject bytea not null,
  pluginname text not null,
  objectlength integer default 0,
  objectfulllength integer default 0,
  objectindex integer default 0,
  objecttype integer default 0,
  fileindex integer default 0,
  jobid integer,
  objectcompression integer default 0
);
create index restore_jobid_idx on restoreobject (jobid);

create table job (
  jobid serial primary key,
  job text not null,
  name text not null,
  type char(1) not null,
  level char(1) not null,
  clientid integer default 0,
  jobstatus char(1) not null,
  schedtime timestamp,
  starttime timestamp,
  endtime timestamp,
  realendtime timestamp,
  realstarttime timestamp,
  jobtdate bigint default 0,
  volsessionid integer default 0,
  volsessiontime integer default 0,
  jobfiles integer default 0,
  jobbytes bigint default 0,
  readbytes bigint default 0,
  joberrors integer default 0,
  jobmissingfiles integer default 0,
  poolid integer default 0,
  filesetid integer default 0,
  priorjobid integer default 0,
  priorjob text default '',
  purgedfiles smallint default 0,
  hasbase smallint default 0,
  hascache smallint default 0,
  reviewed smallint default 0,
  comment text,
  filetable text default 'File',
  isvirtualfull smallint default 0,
  compressratio float default 0,
  rate float default 0,
  lastreadstorageid integer default 0,
  lastreaddevice text default '',
  writestorageid integer default 0,
  writedevice text default '',
  statusinfo text default '',
  encrypted integer default 0
);
create index job_name_idx on job (name text_pattern_ops);

-- The long-term copy of job has its columns and none of its defaults.
create table jobhisto (like job);
create index jobhisto_idx on jobhisto (starttime);

create table location (
  locationid serial primary key,
  location text not null,
  cost integer default 0,
  enabled smallint
);

create table fileset (
  filesetid serial primary key,
  fileset text not null,
  md5 text not null,
  createtime timestamp not null,
  content text default ''
);
create index fileset_name_idx on fileset (fileset text_pattern_ops);

create table jobmedia (
  jobmediaid serial primary key,
  jobid integer not null,
  mediaid integer not null,
  firstindex integer default 0,
  lastindex integer default 0,
  startfile integer default 0,
  endfile integer default 0,
  startblock bigint default 0,
  endblock bigint default 0,
  volindex integer default 0
);
create index job_media_job_id_media_id_idx on jobmedia (jobid, mediaid);
create index job_media_media_id_idx on jobmedia (mediaid);

create table filemedia (
  jobid integer not null,
  fileindex integer not null,
  mediaid integer not null,
  blockaddress bigint default 0,
  recordno integer default 0,
  fileoffset bigint default 0
);
create index file_media_idx on filemedia (jobid, fileindex);

create table media (
  mediaid serial primary key,
  volumename text not null,
  slot integer default 0,
  poolid integer default 0,
  mediatype text not null,
  mediatypeid integer default 0,
  labeltype integer default 0,
  firstwritten timestamp,
  lastwritten timestamp,
  labeldate timestamp,
  voljobs integer default 0,
  volfiles integer default 0,
  volblocks integer default 0,
  volparts integer default 0,
  volcloudparts integer default 0,
  volmounts integer default 0,
  volbytes bigint default 0,
  volabytes bigint default 0,
  volapadding bigint default 0,
  volholebytes bigint default 0,
  volholes integer default 0,
  voltype integer default 0,
  volerrors integer default 0,
  volwrites bigint default 0,
  volcapacitybytes bigint default 0,
  lastpartbytes bigint default 0,
  volstatus text not null check (volstatus in ('Full', 'Archive', 'Append', 'Recycle', 'Purged', 'Read-Only', 'Disabled', 'Error', 'Busy', 'Used',
    'Cleaning', 'Scratch')),
  enabled smallint default 1,
  recycle smallint default 0,
  actiononpurge smallint default 0,
  cacheretention bigint default 0,
  volretention bigint default 0,
  voluseduration bigint default 0,
  maxvoljobs integer default 0,
  maxvolfiles integer default 0,
  maxvolbytes bigint default 0,
  inchanger smallint default 0,
  storageid integer default 0,
  deviceid integer default 0,
  mediaaddressing smallint default 0,
  volreadtime bigint default 0,
  volwritetime bigint default 0,
  endfile integer default 0,
  endblock bigint default 0,
  locationid integer default 0,
  recyclecount integer default 0,
  initialwrite timestamp,
  scratchpoolid integer default 0,
  recyclepoolid integer default 0,
  comment text,
  protected smallint default 0,
  useprotect smallint default 0,
  volencrypted smallint default 0
);
create unique index media_volumename_id on media (volumename text_pattern_ops);
create index media_poolid_idx on media (poolid);
create index media_storageid_idx on media (storageid);

create table mediatype (
  mediatypeid serial primary key,
  mediatype text not null,
  readonly integer default 0
);

create table storage (
  storageid serial primary key,
  name text not null,
  autochanger integer default 0
);

create table device (
  deviceid serial primary key,
  name text not null,
  mediatypeid integer not null,
  storageid integer not null,
  devmounts integer not null default 0,
  devreadbytes bigint not null default 0,
  devwritebytes bigint not null default 0,
  devreadbytessincecleaning bigint not null default 0,
  devwritebytessincecleaning bigint not null default 0,
  devreadtime bigint not null default 0,
  devwritetime bigint not null default 0,
  devreadtimesincecleaning bigint not null default 0,
  devwritetimesincecleaning bigint not null default 0,
  cleaningdate timestamp,
  cleaningperiod bigint not null default 0
);

create table pool (
  poolid serial primary key,
  name text not null,
  numvols integer default 0,
  maxvols integer default 0,
  useonce smallint default 0,
  usecatalog smallint default 0,
  acceptanyvolume smallint default 0,
  volretention bigint default 0,
  cacheretention bigint default 0,
  voluseduration bigint default 0,
  maxvoljobs integer default 0,
  maxvolfiles integer default 0,
  maxvolbytes bigint default 0,
  maxpoolbytes bigint default 0,
  autoprune smallint default 0,
  recycle smallint default 0,
  actiononpurge smallint default 0,
  pooltype text check (pooltype in ('Backup', 'Copy', 'Cloned', 'Archive', 'Migration', 'Scratch')),
  labeltype integer default 0,
  labelformat text not null,
  enabled smallint default 1,
  scratchpoolid integer default 0,
  recyclepoolid integer default 0,
  nextpoolid integer default 0,
  migrationhighbytes bigint default 0,
  migrationlowbytes bigint default 0,
  migrationtime bigint default 0
);
create index pool_name_idx on pool (name text_pattern_ops);

create table client (
  clientid serial primary key,
  name text not null,
  uname text not null,
  plugins text default '',
  autoprune smallint default 0,
  fileretention bigint default 0,
  jobretention bigint default 0
);
create unique index client_name_idx on client (name text_pattern_ops);

create table log (
  logid serial primary key,
  jobid integer not null,
  time timestamp,
  logtext text not null
);
create index log_name_idx on log (jobid);

create table locationlog (
  loclogid serial primary key,
  date timestamp,
  comment text not null,
  mediaid integer default 0,
  locationid integer default 0,
  newvolstatus text not null check (newvolstatus in ('Full', 'Archive', 'Append', 'Recycle', 'Purged', 'Read-Only', 'Disabled', 'Error', 'Busy', 'Used',
    'Cleaning', 'Scratch')),
  newenabled smallint
);

create table counters (
  counter text primary key,
  minvalue integer default 0,
  maxvalue integer default 0,
  currentvalue integer default 0,
  wrapcounter text not null
);

create table basefiles (
  baseid bigserial primary key,
  jobid integer not null,
  fileid bigint not null,
  fileindex integer default 0,
  basejobid integer
);
create index basefiles_jobid_idx on basefiles (jobid);

create table unsavedfiles (
  unsavedid integer primary key,
  jobid integer not null,
  pathid integer not null,
  filename text not null
);

create table cdimages (
  mediaid integer primary key,
  lastburn timestamp not null
);

create table pathhierarchy (
  pathid integer primary key,
  ppathid integer not null
);
create index pathhierarchy_ppathid on pathhierarchy (ppathid);

create table pathvisibility (
  pathid integer not null,
  jobid integer not null,
  size bigint default 0,
  files integer default 0,
  primary key (jobid, pathid)
);
create index pathvisibility_jobid on pathvisibility (jobid);

create table version (
  versionid integer not null
);

create table status (
  jobstatus char(1) primary key,
  jobstatuslong text,
  severity integer
);

create table snapshot (
  snapshotid serial primary key,
  name text not null,
  jobid integer default 0,
  filesetid integer default 0,
  createtdate bigint default 0,
  createdate timestamp not null,
  clientid integer default 0,
  volume text not null,
  device text not null,
  type text not null,
  retention integer default 0,
  comment text
);
create unique index snapshot_idx on snapshot (device text_pattern_ops, volume text_pattern_ops, name text_pattern_ops);

create table malwaremd5 (
  md5 char(22)
);
create index malwaremd5_idx on malwaremd5 (md5);

create table malwaresha256 (
  md5 char(65)
);
create index malwaresha256_idx on malwaresha256 (md5);

create table fileevents (
  id bigserial,
  time timestamp default now(),
  sourcejobid integer,
  jobid integer,
  fileindex integer,
  type char,
  description text,
  severity integer,
  source text
);
create index fileevents_jobid_idx on fileevents (jobid, fileindex);
create index fileevents_sourcejobid_idx on fileevents (sourcejobid);

create table metaemail (
  emailtenant text,
  emailowner text,
  emailid text,
  emailtime timestamp,
  emailtags text,
  emailsubject text,
  emailfoldername text,
  emailfrom text,
  emailto text,
  emailcc text,
  emailinternetmessageid text,
  emailbodypreview text,
  emailimportance text,
  emailconversationid text,
  emailisread smallint,
  emailisdraft smallint,
  emailhasattachment smallint,
  emailsize integer,
  plugin text,
  fileindex integer,
  jobid integer
);
create extension if not exists pg_trgm;
create index meta_emailsubjectbody on metaemail
  using gin (emailsubject gin_trgm_ops, emailbodypreview gin_trgm_ops, emailto gin_trgm_ops, emailcc gin_trgm_ops,
    emailfrom gin_trgm_ops);
create index meta_emailowner on metaemail (emailtenant, emailowner);
create index meta_emailtime on metaemail (emailtime);
create index meta_emailid on metaemail (emailid);
create index meta_emailtags on metaemail (emailtags);
create index meta_emailfoldername on metaemail (emailfoldername);
create index meta_emailconversationid on metaemail (emailconversationid);
create index meta_emailimportance on metaemail (emailimportance);
create index meta_emailisread on metaemail (emailisread);
create index meta_emailhasattachment on metaemail (emailhasattachment);
create index meta_emailjobid on metaemail (jobid);

create table metaattachment (
  attachmenttenant text,
  attachmentowner text,
  attachmentname text,
  attachmentemailid text,
  attachmentcontenttype text,
  attachmentisinline smallint,
  attachmentsize integer,
  plugin text,
  fileindex integer,
  jobid integer
);
create index meta_attachmentowner on metaattachment (attachmenttenant, attachmentowner);
create index meta_attachmentemailid on metaattachment (attachmentemailid);
create index meta_attachmentjobid on metaattachment (jobid);

create table tagjob (
  jobid integer not null,
  tag text not null,
  primary key (jobid, tag)
);

create table tagclient (
  clientid integer not null,
  tag text not null,
  primary key (clientid, tag)
);

create table tagmedia (
  mediaid integer not null,
  tag text not null,
  primary key (mediaid, tag)
);

create table tagobject (
  objectid integer not null,
  tag text not null,
  primary key (objectid, tag)
);

create table object (
  objectid bigserial primary key,
  jobid integer not null,
  path text not null,
  filename text not null,
  pluginname text not null,
  fileindex integer not null default 0,
  objectcategory text not null,
  objecttype text not null,
  objectname text not null,
  objectsource text not null,
  objectuuid text not null,
  objectsize bigint not null,
  objectstatus char(1) not null default 'U',
  objectcount integer not null default 1
);
create index object_jobid_idx on object (jobid);
create index object_category_idx on object (objectcategory);
create index object_type_idx on object (objecttype);
create index object_name_idx on object (objectname);
create index object_source_idx on object (objectsource);
create index object_status_idx on object (objectstatus);

create table events (
  eventsid serial primary key,
  eventscode text not null,
  eventstype text not null,
  eventstime timestamp,
  eventsinserttime timestamp default now(),
  eventsdaemon text default '',
  eventssource text default '',
  eventsref text default '',
  eventstext text not null
);
create index events_time_idx on events (eventstime);
