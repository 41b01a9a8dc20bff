import type { PostfixDesired } from '@/agents/postfix'
import type { Subject } from '../subjects'

const address = '203.0.113.40'

/** Both files as they were, and a Postfix that listens by them; a cell may have left it stopped, or with others. */
const files = `[ -d /root/postfix.lab ] || cp -a /etc/postfix /root/postfix.lab
if ! diff -r --no-dereference /root/postfix.lab /etc/postfix >/dev/null || ! ss -Hltn 'sport = :25' | grep -q ' 0[.]0[.]0[.]0:25 '; then
  rm -rf /etc/postfix; cp -a /root/postfix.lab /etc/postfix
  systemctl restart postfix@-.service || exit 1
fi
`

/** Mail on an address that the host has: both files, and a restart that has other sockets listen. */
export const postfixSubject: Subject = {
  id: 'postfix',
  agentId: 'postfix',
  hosts: [['maple']],
  alike: [[['linden']]],
  makes: [],
  opens: [`tcp ${address}:25`, 'tcp 127.0.0.1:25'],
  closes: ['tcp 0.0.0.0:25', 'tcp [::]:25'],
  reset: `${files}ip addr replace ${address}/32 dev eth0`,
  leave: `${files}ip addr del ${address}/32 dev eth0; rm -rf /root/postfix.lab`,
  desired: ([host]): PostfixDesired => {
    return {
      operation: 'set',
      hostId: host?.id ?? '',
      instance: '-',
      listeners: [{ port: '25', addresses: [address, '127.0.0.1'] }],
      source4: address,
      source6: null,
      helo: 'mail.example.org',
      sixth: 'any',
      scope: 'all',
      enforce: true,
      greet: true,
      boot: 'fail',
      senders: [],
      // Cells take their time; what a message shows is proved by the agent's own tests.
      proof: { probe: null, dnsServer: null, domain: null },
    }
  },
}
