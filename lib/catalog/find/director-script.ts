/** Every mark begins with the nonce, which no file of a host can know. */
export const nonceShape = /^[A-Za-z0-9]{16,64}$/

/**
 * What a host is asked in one round trip about the director that may run there: configuration, which database its catalog is
 * in, time zone, console. It reads and writes nothing. Runs in any POSIX sh, also without root; then it says what it may not read.
 */
export function directorScript(nonce: string): string {
  if (!nonceShape.test(nonce)) throw new RangeError('expected a nonce of letters and digits')
  return `export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin:/usr/local/sbin:/opt/bacula/bin:/opt/bacula/sbin"
mark() { printf '\\n%s %s\\n' ${nonce} "$*"; }
show() {
  if [ -f "$2" ] && [ -r "$2" ]; then mark "$1 $2"; head -c 1048576 "$2"
  elif [ -e "$2" ]; then mark "unreadable $2"; fi
}
for d in /etc/bacula /etc/bareos /opt/bacula/etc; do
  [ -d "$d" ] && [ ! -x "$d" ] && mark "unreadable $d"
done
for f in /etc/bacula/bacula-dir.conf /opt/bacula/etc/bacula-dir.conf /usr/local/etc/bacula/bacula-dir.conf \\
  /usr/local/etc/bacula-dir.conf /usr/local/bacula/etc/bacula-dir.conf; do show bacula "$f"; done
for d in /etc/bareos /usr/local/etc/bareos; do
  show bareos "$d/bareos-dir.conf"
  for f in "$d"/bareos-dir.d/catalog/*.conf "$d"/bareos-dir.d/director/*.conf; do show bareos "$f"; done
done
for p in /proc/[0-9]*; do
  c=; read -r c 2>/dev/null <"$p/comm" || continue
  case $c in bacula-dir|bareos-dir) ;; *) continue ;; esac
  mark "process \${p#/proc/}"
  tr '\\0' '\\n' <"$p/cmdline" 2>/dev/null | sed 's/^/arg /'
  tr '\\0' '\\n' <"$p/environ" 2>/dev/null | sed -n 's/^TZ=/tz /p'
  [ -r "$p/environ" ] || echo 'no environ'
  f=$(tr '\\0' '\\n' <"$p/cmdline" 2>/dev/null | sed -n '/^-c$/{n;p;}')
  grep -o '/[^ ]*lib\\(bac\\|bareos\\)cats[^ ]*' "$p/maps" 2>/dev/null | sort -u | sed 's/^/lib /'
  case $f in *.conf) case $c in bacula-dir) show bacula "$f" ;; *) show bareos "$f" ;; esac ;; esac
done
mark libraries
for f in /usr/lib/bacula/libbaccats*.so /usr/lib64/libbaccats*.so /usr/lib64/bacula/libbaccats*.so /opt/bacula/lib/libbaccats*.so \\
  /usr/local/lib/libbaccats*.so /usr/lib/bareos/backends/libbareoscats*.so /usr/lib64/bareos/backends/libbareoscats*.so; do
  [ -e "$f" ] && { readlink -f "$f" || echo "$f"; }
done
mark packages
dpkg-query -W -f '\${db:Status-Abbrev}\${Package}\\n' 'bacula-director-*' 'bareos-database-*' 2>/dev/null | sed -n 's/^ii *//p'
rpm -qa 'bacula-director*' 'bareos-database*' 2>/dev/null
mark listens
cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
mark zone
[ -L /etc/localtime ] && printf 'link %s\\n' "$(readlink /etc/localtime)"
[ -e /etc/localtime ] || echo 'no localtime'
[ -r /etc/timezone ] && { printf 'named '; head -n 1 /etc/timezone; }
for u in bacula-director bacula-dir bareos-director bareos-dir; do
  systemctl show -p Environment "$u" 2>/dev/null | sed -n 's/^Environment=.*\\bTZ=\\([^ "]*\\).*/unit \\1/p'
done
mark programs
for c in bconsole sqlite3 mysql mariadb psql; do command -v "$c"; done
mark consoles
for f in /etc/bacula/bconsole*.conf /opt/bacula/etc/bconsole*.conf /usr/local/etc/bacula/bconsole*.conf /usr/local/etc/bconsole*.conf \\
  /etc/bareos/bconsole*.conf; do [ -f "$f" ] && echo "$f"; done
mark end
exit 0
`
}
