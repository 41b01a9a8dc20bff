import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { getLabHost, hostExec } from '@/e2e/lab/lab'
import { takeIn } from './add-host'

const hosts = ['fir', 'rowan'] as const

/** Takes both hosts of the failover IP into the inventory, with one credential. */
export async function takeInBoth(page: Page, origin: string): Promise<void> {
  const privateKey = readFileSync(getLabHost('fir').keys.ed25519, 'utf8')
  const first = { way: 'Paste a private key', name: 'Lab key', privateKey } as const
  const again = { way: 'One that is there', name: /Lab key/ } as const
  await takeIn(page, origin, { name: 'fir', address: '10.77.0.21', credential: first })
  await takeIn(page, origin, { name: 'rowan', address: '10.77.0.22', credential: again })
}

/** Opens the failover IP's wizard with these hosts chosen and read. */
export async function openFailoverWizard(page: Page, origin: string, ...names: string[]): Promise<void> {
  await page.goto(`${origin}/wizards/failover-ip`)
  for (const name of names) await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: 'Read their addresses' }).click()
}

/** Plans in the wizard that fir gets the address, and stands before the plan. */
export async function planOnFir(page: Page, origin: string, cidr: string): Promise<void> {
  await openFailoverWizard(page, origin, 'fir')
  await page.getByLabel('Address', { exact: true }).fill(cidr)
  await page.getByLabel('On', { exact: true }).selectOption({ label: 'eth0 of fir' })
  await page.getByRole('button', { name: 'Show the plan' }).click()
}

/** Which of the two hosts have the address (with its prefix), by their own kernels. */
export function holdersOf(cidr: string): Promise<string[]> {
  return whereFound(`ip -o addr show dev eth0 | grep -qF ' ${cidr} '`)
}

/** Which of the two hosts bring the address up at a boot, by their own files. */
export function keepersOf(cidr: string): Promise<string[]> {
  return whereFound(`grep -rqF '${cidr.replace(/\/.*/, '')}' /etc/network/interfaces /etc/network/interfaces.d`)
}

async function whereFound(test: string): Promise<string[]> {
  const found = await Promise.all(hosts.map(async (host) => (await hostExec(host, ['sh', '-c', test])).code === 0))
  return hosts.filter((_, at) => found[at])
}

/** Both hosts as before Pollux. */
export async function putBackFailover(cidr: string): Promise<void> {
  for (const host of hosts) {
    const script = `rm -rf /var/lib/pollux /etc/network/interfaces.d/pollux-*
sed -i '/^# >>> Pollux/,/^# <<< Pollux/d' /etc/network/interfaces
ip addr del ${cidr} dev eth0 2>/dev/null; exit 0`
    expect((await hostExec(host, ['sh', '-c', script])).code).toBe(0)
  }
}
