import { expect, type Page } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'

export const ruleFile = '/etc/udev/rules.d/60-pollux-ioscheduler.rules'

/** The scheduler that a host's own kernel marks for each disk, read out of band. */
export async function schedulersOn(host: string): Promise<Record<string, string>> {
  const found = [
    ...(await readOn(host, 'cd /sys/block && grep -H . */queue/scheduler')).matchAll(
      /^(\w+)\/queue\/scheduler:.*\[(.+)\]/gm,
    ),
  ]
  return Object.fromEntries(found.map(([, disk = '', scheduler = '']) => [disk, scheduler]))
}

/** Sets a scheduler behind Pollux's back. */
export async function setScheduler(host: string, disk: string, scheduler: string): Promise<void> {
  const { code } = await hostExec(host, ['sh', '-c', `echo ${scheduler} > /sys/block/${disk}/queue/scheduler`])
  expect(code).toBe(0)
}

/** The text of a file on the host; empty when it is not there. */
export function fileOn(host: string, path: string): Promise<string> {
  return readOn(host, `test ! -e ${path} || cat ${path}`)
}

/** Whether a change holds the host: its supervisor is not through. */
export async function isHeld(host: string): Promise<boolean> {
  return (await readOn(host, 'test ! -d /var/lib/pollux/lock || echo held')) !== ''
}

/** What a script prints on the host, out of band. A host that could not be asked is no answer. */
async function readOn(host: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await hostExec(host, ['sh', '-c', script])
  if (code !== 0) throw new Error(`expected ${host} to answer "${script}", got exit code ${code}: ${stderr}`)
  return stdout
}

/** Makes a guest as it was before Pollux: no rule, no state, the kernel's own schedulers, no key but the lab's. */
export async function putBack(host: string): Promise<void> {
  const script = `rm -rf ${ruleFile} /var/lib/pollux
    grep -v ' pollux-Pollux' /root/.ssh/authorized_keys > /root/.ssh/new; cat /root/.ssh/new > /root/.ssh/authorized_keys
    rm -f /root/.ssh/new; udevadm control --reload; udevadm settle
    for knob in /sys/block/*/queue/scheduler; do grep -q mq-deadline $knob && echo mq-deadline > $knob; done; exit 0`
  expect((await hostExec(host, ['sh', '-c', script])).code).toBe(0)
}

/** Chooses schedulers in the open wizard; disks that are not named are left as they are. */
export async function chooseSchedulers(page: Page, host: string, wanted: Record<string, string>): Promise<void> {
  const table = page.getByRole('table', { name: `Disks of ${host} that can be set` })
  await expect(table).toBeVisible()
  for (const list of await table.getByRole('combobox').all()) {
    const disk = /^Scheduler for (\S+) on/.exec((await list.getAttribute('aria-label')) ?? '')?.[1] ?? ''
    await list.selectOption(wanted[disk] ?? 'leave as it is')
  }
}

/** Opens the wizard for hosts by way of its first step. */
export async function openWizard(page: Page, origin: string, ...hosts: string[]): Promise<void> {
  await page.goto(`${origin}/wizards/scheduler`)
  for (const host of hosts) await page.getByRole('checkbox', { name: host }).check()
  await page.getByRole('button', { name: 'Read their disks' }).click()
}

/** Plans through the wizard and stands before the plan. */
export async function planSchedulers(
  page: Page,
  origin: string,
  host: string,
  wanted: Record<string, string>,
): Promise<void> {
  await openWizard(page, origin, host)
  await chooseSchedulers(page, host, wanted)
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('heading', { name: `Check what will happen on ${host}` })).toBeVisible()
}
