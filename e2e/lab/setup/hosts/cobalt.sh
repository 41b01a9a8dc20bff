#!/bin/bash
# A machine whose memory is measured: no disks that lie in it.
set -euo pipefail
root=$1
printf '#!/bin/sh\n' >"$root/usr/local/sbin/lab-disks"
# A program of user-mode Linux has 512 GiB of addresses, of which this server would set 8 TiB aside for its buffer pool.
printf '[mariadbd]\nloose_innodb_buffer_pool_size_max = 8G\n' >"$root/etc/mysql/mariadb.conf.d/10-lab-addresses.cnf"
