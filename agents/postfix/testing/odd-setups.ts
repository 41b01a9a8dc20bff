import { shell, UNIT } from './host-state'

/** Has a host's first Postfix run by what a shell script did to its files, from within their folder. */
export async function setUp(name: string, script: string): Promise<void> {
  await shell(name, `set -e; cd /etc/postfix\n${script}\nsystemctl restart ${UNIT}`)
}

/** Puts addresses on, and has the others on the wire know that they are here now. */
export function putOn(...addresses: readonly string[]): string {
  return addresses
    .map(
      (address) =>
        `ip addr add ${address}/32 dev eth0; setsid -f arping -q -U -c 1 -I eth0 ${address} >/dev/null 2>&1 </dev/null`,
    )
    .join('\n')
}

/**
 * postscreen in front, as Debian's master.cf has it ready: its lines become text, that of smtpd a comment. It knows
 * nobody yet, so that each client but those of mynetworks waits for its greeting.
 */
export const postscreen = `sed -i 's/^smtp      inet/#&/
s/^#\\(smtp      inet .* postscreen\\)$/\\1/
s/^#\\(smtpd     pass\\|dnsblog   unix\\|tlsproxy  unix\\)/\\1/' master.cf
rm -f /var/lib/postfix/postscreen_cache*`

/** A second Postfix that is run by systemd, without any port: as postmulti(1) makes it. `$of` is its postconf(1). */
export const second = (name: string) => `postmulti -e init
postmulti -I ${name} -e create
postmulti -i ${name} -e enable
of="postconf -c /etc/${name}"
`

/**
 * A filter at 127.0.0.1:10025, another Postfix, which takes mail from 127.0.0.1 alone; and what takes it back. What comes
 * by SMTP is handed to it by a client of its own, everything else by smtp.
 */
export const filter = `${second('postfix-filter')}
$of -X master_service_disable
$of -e myhostname=filter.example.org mydestination= mynetworks=127.0.0.0/8 'relayhost=[127.0.0.1]:10026'
$of -MX smtp/inet
$of -Me '127.0.0.1:10025/inet=127.0.0.1:10025 inet n - n - 10 smtpd -o smtpd_client_restrictions=permit_mynetworks,reject'
systemctl start postfix@postfix-filter.service
postconf -Me '127.0.0.1:10026/inet=127.0.0.1:10026 inet n - n - 10 smtpd -o content_filter= -o mynetworks=127.0.0.0/8 -o smtpd_client_restrictions=permit_mynetworks,reject'
postconf -Me 'scan/unix=scan unix - - n - 10 smtp -o smtp_send_xforward_command=yes -o disable_mime_output_conversion=yes'
postconf -Pe 'smtp/inet/content_filter=scan:[127.0.0.1]:10025'
postconf -e 'content_filter=smtp:[127.0.0.1]:10025'`

/** Messages that the filter has had from 127.0.0.1 so far. */
export async function filtered(name: string): Promise<number> {
  return Number(
    await shell(name, "grep -c 'postfix-filter/smtpd.*client=localhost\\[127[.]0[.]0[.]1\\]' /var/log/mail.log || :"),
  )
}

/** master.cf as somebody wrote it: tabs, no chroot, submission and submissions with options and comments between them. */
export const masterByHand = `sed -i 's/^smtp      inet  n       -       y/smtp\\tinet n - n/
s/^\\(smtp  .*unix\\|relay .*unix\\)  -       -       y /\\1 - - n /
/^#submission inet/,/^# *-o milter/{s/^#\\(submission\\|  -o\\)/\\1/;s/auth_enable=yes/auth_enable=no/}
/^#submissions  /,/^# *-o milter/{s/^#\\(submissions\\|  -o\\)/\\1/;s/auth_enable=yes/auth_enable=no/}' master.cf
`

/** The end of a main.cf as somebody wrote it: duplicates, tabs, comments within values, no newline at the end. */
export const mainByHand = `smtp_bind_address = 192.0.2.1
smtp_helo_name	=	old.example.org
inet_interfaces =
	# every one
	$myhostname
inet_interfaces=
  # two comments
# and one that is not indented

	all
smtp_bind_address=  10.77.0.32  
smtp_address_preference =
	# what
	any
content_filter=`

/** Lines that went from a text ("- …") and those that came ("+ …"), in order. */
export function editedLines(before: string, after: string): string[] {
  const without = (lines: readonly string[], others: readonly string[]) => {
    const rest = [...others]
    return lines.filter((line) => {
      const at = rest.indexOf(line)
      if (at >= 0) rest.splice(at, 1)
      return at < 0
    })
  }
  const [was, is] = [before.split('\n'), after.split('\n')]
  return [...without(was, is).map((line) => `- ${line}`), ...without(is, was).map((line) => `+ ${line}`)]
}
