import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A server where there was none, with its data where the space is, and taken back; all by clicking.
test.describe.configure({ mode: 'serial' })

const name = 'holly'
let pollux: Pollux
let page: Page

const shell = async (script: string) => (await hostExec(name, ['sh', '-c', script], { seconds: 120 })).stdout.trim()
const packages = `dpkg-query -W -f '\${Package}\\n' | LC_ALL=C sort`
const kept = '/root/before-mysql'

/** The host as it was before the first test of an installation: no server, none of its packages, none of its data. */
const putBack = () =>
  shell(`[ -e ${kept} ] || ${packages} >${kept}
systemctl disable --now mariadb.service 2>/dev/null
came=$(${packages} | LC_ALL=C comm -13 ${kept} -)
[ -z "$came" ] || DEBIAN_FRONTEND=noninteractive dpkg --purge $came >/dev/null 2>&1
rm -rf /etc/mysql /var/lib/mysql /var/log/mysql /c/mysql /c/tmp /var/lib/pollux
apt-get clean; systemctl daemon-reload; systemctl reset-failed`)

test.beforeAll(async ({ browser }) => {
  await putBack()
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInLabHost(page, pollux.url, name)
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack()
})

test('a host without a server is offered one, with its data where the space is', async () => {
  await page.goto(`${pollux.url}/wizards/mysql`)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('button', { name: 'Read its servers' }).click()
  await expect(page.getByText(`No MySQL or MariaDB runs on ${name}`)).toBeVisible()
  const data = page.getByLabel('Data directory')
  await expect(data).toHaveValue('/c/mysql')
  await data.fill('/home/mysql')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByText('No plan came of this')).toBeVisible()
  await data.fill('/c/mysql')
  await page.getByLabel('Folder for temporary files').fill('/c/tmp')
})

test('it is installed, answers, is for this machine alone, and is found by the wizard', async () => {
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('heading', { name: /Check what will happen/ })).toBeVisible()
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 480_000 })
  expect(await shell(`mariadb -N -B -e 'SELECT @@datadir, @@tmpdir'`)).toBe('/c/mysql/\t/c/tmp')
  expect(await shell('ss -ltnH "sport = :3306"')).toMatch(/127\.0\.0\.1:3306/)
  await page.goto(`${pollux.url}/wizards/mysql`)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('button', { name: 'Read its servers' }).click()
  await expect(page.getByRole('region', { name: 'What was read' })).toContainText('10.11')
})
