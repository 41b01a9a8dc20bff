import { expect, type Page } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'

/** Opens the mail wizard with this host chosen and read. */
export async function openMailWizard(page: Page, origin: string, name: string): Promise<void> {
  await page.goto(`${origin}/wizards/postfix`)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('button', { name: 'Read its mail settings' }).click()
}

/** All that a change of mail and its address may touch: files byte for byte, addresses, what listens on port 25. */
export async function stateOfMail(name: string): Promise<string> {
  const script = `for f in $(find /etc/postfix /etc/network /etc/systemd/system /etc/sysctl.d -type f | sort); do
  echo "== $f $(stat -c '%a %U %G' "$f") $(sha256sum < "$f")"; done
ip -o addr show dev eth0 | sed 's/valid_lft.*//'; ss -ltnH 'sport = :25' | sed 's/^[^:]* \\(\\S*:25\\) .*/\\1/' | sort`
  const { code, stdout } = await hostExec(name, ['sh', '-c', script])
  expect(code).toBe(0)
  return stdout
}

/** The host as before Pollux, whatever a broken run left. */
export async function putBackMail(name: string, address: string): Promise<void> {
  const script = `rm -rf /var/lib/pollux /etc/network/interfaces.d/pollux-* /etc/systemd/system/postfix*.service.d
ip addr del ${address}/32 dev eth0 2>/dev/null
[ -e /root/postfix.as-it-was ] || cp -a /etc/postfix /root/postfix.as-it-was
cmp -s /etc/postfix/main.cf /root/postfix.as-it-was/main.cf && cmp -s /etc/postfix/master.cf /root/postfix.as-it-was/master.cf || {
  cp -p /root/postfix.as-it-was/*.cf /etc/postfix/ && rm -f /etc/postfix/pollux-senders && systemctl daemon-reload && systemctl restart 'postfix@-.service'
}
exit 0`
  expect((await hostExec(name, ['sh', '-c', script])).code).toBe(0)
}
