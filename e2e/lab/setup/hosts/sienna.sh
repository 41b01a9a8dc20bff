#!/bin/bash
# An rc.local that somebody wrote long ago; what Pollux adds must stand before its `exit 0` and harm nothing.
set -euo pipefail
root=$1
cat >"$root/etc/rc.local" <<'RC'
#!/bin/sh -e
#
# rc.local
#
# This script is executed at the end of each multiuser runlevel.

# power saving for the old switch port, do not remove (Jan 2011)
touch /run/rc-local-ran

exit 0
RC
chmod 755 "$root/etc/rc.local"
