import { describe, expect, it } from 'vitest'
import { isReadingArgv } from './reading-rules'

const reads = [
  'systemctl show -p ActiveState --value ssh.service',
  'systemctl list-units --type=service --all --plain --no-legend',
  'systemctl is-active ssh.service',
  'systemctl cat nginx.service',
  'systemctl --version',
  'ip addr show',
  'ifconfig -a',
  'ip -o -4 route show table all',
  'ip route get 192.0.2.1',
  'ip xfrm policy',
  'ip xfrm state list nokeys',
  'apt-get -s -o Debug::NoLocking=1 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= dist-upgrade',
  'openssl x509 -noout -enddate -subject -in /etc/ssl/a.pem',
  'openssl version -a',
  'udevadm info --query=property --name=/dev/sda',
  'udevadm --version',
  'dpkg-query -W -f=x udev',
  'date +%s.%N',
  'date -u +%F',
  'tuned-adm active',
  'df -P -k -l',
  'cat /proc/mounts',
  'readlink -f /dev/disk/by-id/x',
  'service postfix status',
  'hostname -f',
  'uname -a',
  'stat -c %a:%U /etc/rc.local',
  'rpm -q --qf %{VERSION} udev',
  'lsblk -J -b -o NAME,SIZE',
  'postconf -n -c /etc/postfix-out',
  'postconf -h mail_version smtp_bind_address',
  'postmulti -l',
  'postqueue -p',
  'ss -ltnpH',
  'ss -tanH state time-wait dport = :25',
  'netstat -ltnp',
]

const writes = [
  'postconf -e smtp_bind_address=192.0.2.1',
  'postconf smtp_bind_address=192.0.2.1',
  'postconf -X smtp_bind_address',
  'postconf -M# smtp/inet',
  'postconf -c ../x -n',
  'postmulti -e init',
  'postmulti -l -p stop',
  'postqueue -f',
  'postqueue -i A1',
  'postqueue -p -f',
  'ss -K dport = :25',
  'netstat -r x',
  'systemctl restart ssh.service',
  'systemctl',
  'systemctl -H other.example show ssh',
  'systemctl --root=/x enable a',
  'systemctl show --no-pager --now=x',
  'systemctl set-property show a',
  'ip addr add 192.0.2.1/24 dev eth0',
  'ip link set eth0 down',
  'ifconfig eth0 192.0.2.1',
  'ip -b /tmp/x',
  'ip netns exec a sh',
  'ip -n other addr show',
  'ip xfrm state',
  'ip xfrm state flush nokeys',
  'ip route flush cache',
  'apt-get dist-upgrade',
  'apt-get -s dist-upgrade',
  'apt-get -s -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= update',
  'apt-get -s --no-simulate -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= upgrade',
  'apt-get -s -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o DPkg::Pre-Invoke::=id upgrade',
  'apt-get -s -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= install ./x.deb',
  'openssl x509 -in /etc/ssl/a.pem',
  'openssl x509 -noout -in /etc/ssl/a.pem -out /etc/x',
  'openssl x509 -noout -in /etc/ssl/a.pem -signkey /etc/k',
  'openssl genrsa -out /etc/x',
  'udevadm trigger',
  'udevadm control --reload',
  'udevadm info --cleanup-db',
  'udevadm info -c',
  'udevadm settle',
  'dpkg-query --admindir=/x -W',
  'date -s 12:00',
  'date 010112002030',
  'hostname other',
  'hostname -F /etc/x',
  'tuned-adm profile powersave',
  'tuned-adm off',
  'cat /dev/sda',
  'cat -',
  'service postfix restart',
  'service --status-all',
  'timedatectl set-time 12:00',
  'rpm -e udev',
  'rpm -q --pipe id',
  'rpm --import /x',
  'sh -c id',
  'rm /etc/x',
  'cat\0x /etc/x',
  '',
]

describe('isReadingArgv', () => {
  it.each(reads)('lets through: %s', (line) => {
    expect(isReadingArgv(line.split(' '))).toBe(true)
  })

  it.each(writes)('refuses: %s', (line) => {
    expect(isReadingArgv(line.split(' '))).toBe(false)
  })

  it('refuses a program by a path, and a NUL in any word', () => {
    expect(isReadingArgv(['/tmp/cat', '/etc/passwd'])).toBe(false)
    expect(isReadingArgv(['cat', '/etc/a\0b'])).toBe(false)
    expect(isReadingArgv(['systemctl', 'show', '-p', 'a\0'])).toBe(false)
    expect(isReadingArgv([])).toBe(false)
  })
})
