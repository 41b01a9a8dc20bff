#!/bin/bash
# Whatever this host says about itself is meant to break out: into a page, a shell, a terminal, a spreadsheet.
# A file /tmp/pwned anywhere, or a dialog in the browser, is the proof that something did.
set -euo pipefail
root=$1
escape=$(printf '\033') bell=$(printf '\007')
script='<script>alert(document.domain)</script>'
image='"><img src=x onerror=alert(1)>'
# shellcheck disable=SC2016
shell='$(touch /tmp/pwned)`touch /tmp/pwned`;touch /tmp/pwned;'"'"'"'
ansi="${escape}[31mred${escape}[2J${escape}]0;owned${bell}${escape}]8;;http://192.0.2.1/${escape}\\link${escape}]8;;${escape}\\"
# Right-to-left override, zero-width space, a byte-order mark.
bidi=$(printf 'admin\342\200\256gnp.exe\342\200\213\357\273\277')
formula='=cmd|'"'"'/c calc'"'"'!A1'

printf '%s\n%s\n%s\n%s\n' "$script" "$shell" "$ansi" "$bidi" >"$root/etc/motd"
printf '%s\n%s\n%s\n' "$script" "$shell" "$ansi" >"$root/etc/ssh/banner"
printf 'Banner /etc/ssh/banner\n' >>"$root/etc/ssh/sshd_config.d/lab.conf"

cat >"$root/etc/os-release" <<RELEASE
PRETTY_NAME="Debian $script $bidi"
NAME="$image"
VERSION_ID="12\$(touch /tmp/pwned)"
VERSION='12 $formula'
ID=debian
HOME_URL="javascript:alert(1)"
RELEASE

# Names of files where facts look: a newline is a legal character in them.
newline=$'two\nlines'
for name in "$script" "$shell" "-rf" "--help" "$bidi" "$formula" "$newline" "$ansi"; do
  file=${name//\//_}
  : >"$root/etc/cron.d/$file"
  : >"$root/srv/$file"
done
bash "$LAB_SETUP/make-certificate.sh" "$root/etc/ssl/-rf ${script//\//_}.pem" '/CN=<script>alert(1)<\/script>/O==cmd|calc' 3

# Units: descriptions are free text; names may be escaped.
unit() {
  cat >"$root/etc/systemd/system/$1" <<UNIT
[Unit]
Description=$2
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'exit $3'
UNIT
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -sf "../$1" "$root/etc/systemd/system/multi-user.target.wants/$1"
}
unit 'fails\x3cscript\x3ealert\x281\x29\x3c-script\x3e.service' "$script $bidi" 1
unit 'runs-touch-pwned.service' "$image \$(touch /tmp/pwned) $formula" 0

# A mount at a path with everything in it, and log lines; done while it runs.
cat >"$root/usr/local/sbin/lab-hostile" <<'RUN'
#!/bin/bash
where="/mnt/<img src=x onerror=alert(1)> \$(touch /tmp/pwned)"$'\n'"line two"
mkdir -p "$where"
mount -t tmpfs -o size=1m '$(touch /tmp/pwned)<b>' "$where"
while read -r line; do logger -t '<script>alert(1)</script>' -- "$line"; done </etc/motd
RUN
chmod 755 "$root/usr/local/sbin/lab-hostile"
cat >"$root/etc/systemd/system/lab-hostile.service" <<'UNIT'
[Unit]
Description=' onmouseover='alert(1)
After=rsyslog.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/lab-hostile
UNIT
ln -sf ../lab-hostile.service "$root/etc/systemd/system/multi-user.target.wants/"

# The comment field of a user, and packages' words.
chroot "$root" usermod --comment "${script//:/_}" guest
