# What differs between the databases that hold a catalog. Sourced, with $root and $database (mariadb, postgresql or
# sqlite) set.
schemas=usr/share/dbconfig-common/data/bacula-director

# The packages, and what must lie in the tree before they are installed so that it stays small.
catalog_packages() {
  case $database in
    mariadb) echo bacula-director-mysql mariadb-server ;;
    postgresql) echo bacula-director-pgsql postgresql ;;
    sqlite) echo bacula-director-sqlite3 ;;
  esac
}

prepare_catalog() {
  local package exclude=()
  mkdir -p "$root/etc/dbconfig-common"
  # The database is made here, not by the package, which would find no server running.
  for package in mysql pgsql sqlite3; do
    echo dbc_install=false >"$root/etc/dbconfig-common/bacula-director-$package.conf"
  done
  case $database in
    mariadb)
      mkdir -p "$root/etc/mysql/mariadb.conf.d"
      printf '[mariadbd]\ninnodb_log_file_size = 4M\ninnodb_autoextend_increment = 1\n' >"$root/etc/mysql/mariadb.conf.d/90-lab.cnf"
      # 5 MB each.
      exclude=(aria_{chk,dump_log,ftdump,pack,read_log} innochecksum myisam{chk,log,_ftdump,pack} perror replace resolve_stack_dump
        mariadb-{binlog,conv,import,plugin,show,slap,tzinfo-to-sql,waitpid} mariadbd-safe-helper)
      exclude=("${exclude[@]/#//usr/bin/}")
      ;;
    postgresql)
      mkdir -p "$root/etc/postgresql-common/createcluster.d"
      echo "initdb_options = '--wal-segsize=1'" >"$root/etc/postgresql-common/createcluster.d/lab.conf"
      # What compiles queries, and is done without where it is missing (jit in postgresql.conf): 150 MB.
      exclude=('/usr/lib/*/libLLVM*' '/usr/lib/*/libz3*' '/usr/lib/postgresql/*/lib/bitcode/*' '/usr/share/i18n/*')
      ;;
  esac
  [ ${#exclude[@]} = 0 ] || printf 'path-exclude=%s\n' "${exclude[@]}" >"$root/etc/dpkg/dpkg.cfg.d/lab-bacula"
}

# Lines of the director's Catalog resource.
catalog_resource() {
  case $database in
    sqlite) echo 'dbname = "bacula"; dbuser = ""; dbpassword = ""' ;;
    *) echo 'dbname = "bacula"; DB Address = "127.0.0.1"; dbuser = "bacula"; dbpassword = "lab-catalog"' ;;
  esac
}

# Nothing of it is synced to the disk: a build that is cut short starts anew.
start_catalog() {
  case $database in
    mariadb)
      install -d -o "$(stat -c %u "$root/var/lib/mysql")" "$root/run/mysqld"
      chroot "$root" mariadbd --user=mysql --innodb-flush-log-at-trx-commit=0 </dev/null >"$root/run/mariadbd.log" 2>&1 &
      catalog_pid=$!
      until chroot "$root" mariadb-admin --silent ping >/dev/null 2>&1; do kill -0 "$catalog_pid" && sleep 0.1; done
      ;;
    postgresql) chroot "$root" pg_ctlcluster 15 main start -o '-c fsync=off' ;;
  esac
}

stop_catalog() {
  case $database in
    mariadb) chroot "$root" mariadb-admin shutdown && wait "$catalog_pid" ;;
    postgresql) chroot "$root" pg_ctlcluster 15 main stop ;;
  esac
}

# With the schema that Debian's package gives a new catalog.
create_catalog() {
  case $database in
    mariadb)
      chroot "$root" mariadb -e "CREATE DATABASE bacula; CREATE USER bacula@localhost IDENTIFIED BY 'lab-catalog';
        GRANT ALL ON bacula.* TO bacula@localhost"
      chroot "$root" mariadb bacula <"$root/$schemas-mysql/install/mysql"
      ;;
    postgresql)
      psql -c "CREATE USER bacula PASSWORD 'lab-catalog'"
      psql -c "CREATE DATABASE bacula OWNER bacula ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
      { echo 'SET ROLE bacula;' && cat "$root/$schemas-pgsql/install/pgsql"; } | psql bacula
      ;;
    sqlite)
      chroot "$root" sqlite3 /var/lib/bacula/bacula.db <"$root/$schemas-sqlite3/install/sqlite3"
      chroot "$root" chown bacula:bacula /var/lib/bacula/bacula.db
      ;;
  esac
}

psql() {
  chroot "$root" setpriv --reuid postgres --regid postgres --clear-groups psql -qX -v ON_ERROR_STOP=1 "$@"
}
