import { hostExec } from '@/e2e/lab/lab'

const folders =
  '/etc/postfix /etc/postfix-* /etc/network /etc/netplan /etc/systemd /etc/sysctl.d /var/spool/postfix/etc'
const copy = '/root/before-the-test.tar'

/** What `of` may be asked: the unit that really runs the first Postfix (up to Debian 12 postfix.service starts nothing). */
export const UNIT =
  '"$([ "$(systemctl show -P Type postfix.service)" = oneshot ] && echo postfix@-.service || echo postfix.service)"'

/** Runs a shell script on a host, as root and out of band; what it printed. Throws when it fails. */
export async function shell(name: string, script: string, input?: string): Promise<string> {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script], { input })
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}

/**
 * All that a change of mail may touch, as text: files (content, mode, owner, links), addresses, routes, knobs, sockets,
 * whether Postfix runs, and what Pollux may not leave behind. Times and process ids are no part of it.
 */
export function stateOf(name: string): Promise<string> {
  return shell(
    name,
    `while ip -o -6 addr show dev eth0 | grep -q tentative; do sleep 0.1; done
find $(ls -d ${folders} 2>/dev/null) -printf '%p %y %m %U:%G %l\\n' | sort
find $(ls -d ${folders} 2>/dev/null) -type f -exec sha256sum {} + | sort -k 2
ip -o addr show | sed 's/ *valid_lft.*//'; ip route; ip -6 route
grep . /proc/sys/net/ipv4/ip_nonlocal_bind /proc/sys/net/ipv6/ip_nonlocal_bind
ss -Hltn | awk '{ print $4 }' | sort
for folder in $(ls -d /etc/postfix /etc/postfix-* 2>/dev/null); do
  postfix -c "$folder" status >/dev/null 2>&1 && echo "the Postfix of $folder runs" || echo "the Postfix of $folder does not run"
done
systemctl is-active ${UNIT} || :
ls /var/lib/pollux 2>/dev/null | grep lock || :`,
  )
}

/** What listens on a TCP port, by the kernel's own word: "127.0.0.1:25", sorted. */
export async function listening(name: string, port: number): Promise<string[]> {
  const said = await shell(name, `ss -Hltn 'sport = :${port}' | awk '{ print $4 }' | sort`)
  return said.split('\n').filter(Boolean)
}

/** Keeps a copy of what `stateOf` tells of files. What an earlier run left, because it was killed, is put back first. */
export async function keepHost(name: string): Promise<string> {
  if (await hasCopy(name)) {
    await putBack(name)
    await shell(name, 'rm -rf /var/lib/pollux')
  }
  const state = await stateOf(name)
  await shell(name, `tar -C / -cpf ${copy}.new $(ls -d ${folders} 2>/dev/null) 2>/dev/null; mv ${copy}.new ${copy}`)
  return state
}

/** Leaves a host as `keepHost` found it, and nothing of Pollux or of the test there. Throws when that fails. */
export async function leaveHost(name: string, before: string): Promise<void> {
  if ((await stateOf(name)) !== before) await putBack(name)
  await shell(name, `rm -rf ${copy} /var/lib/pollux; ! command -v postsuper >/dev/null || postsuper -d ALL 2>/dev/null`)
  const left = await stateOf(name)
  if (left !== before)
    throw new Error(`expected ${name} to be left as it was found, got\n${left}\ninstead of\n${before}`)
}

async function hasCopy(name: string): Promise<boolean> {
  return (await hostExec(name, ['test', '-e', copy])).code === 0
}

/**
 * Other instances and files first; then the addresses that tests use go, and Postfix is started anew by systemd: one
 * that somebody started by hand stands in its way.
 */
function putBack(name: string): Promise<string> {
  return shell(
    name,
    `umount /etc/postfix 2>/dev/null
systemctl stop 'postfix@[!-]*'; systemctl reset-failed 'postfix@[!-]*' 2>/dev/null
rm -rf $(ls -d ${folders} 2>/dev/null) /var/spool/postfix-* /var/lib/postfix-*; tar -C / -xpf ${copy}
systemctl daemon-reload
ip -o addr show dev eth0 | grep -o ' \\(203[.]0[.]113[.]\\|2001:db8::4\\)[^ ]*' | while read -r address; do ip addr del "$address" dev eth0; done
for family in 4 6; do echo 0 > /proc/sys/net/ipv$family/ip_nonlocal_bind; done
! command -v postfix >/dev/null || { systemctl stop ${UNIT}; postfix stop 2>/dev/null; systemctl start ${UNIT}; }`,
  )
}
