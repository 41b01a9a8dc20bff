import { expect, type Page, test } from '@playwright/test'
import { reachMailAddresses } from '@/agents/postfix/testing/reach'
import { hostExec, waitUntil } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { openMailWizard, putBackMail, stateOfMail } from './mail-hosts'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// The article's configuration, by clicking: an address is put on, and mail listens on it and leaves from it.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
let before: string
const address = '203.0.113.40'

test.beforeAll(async ({ browser }) => {
  await reachMailAddresses()
  await putBackMail('maple', address)
  before = await stateOfMail('maple')
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInLabHost(page, pollux.url, 'maple')
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBackMail('maple', address)
})

test('the wizard shows what mail does now, and says at once what is wrong', async () => {
  await openMailWizard(page, pollux.url, 'maple')
  const now = page.getByRole('region', { name: 'Postfix of maple now' })
  await expect(now).toContainText('3.7.11')
  await expect(now).toContainText('every address')
  await page.getByLabel('Mail uses').selectOption({ label: 'Another one, put on in this change' })
  const alias = page.getByLabel('Address to put on')
  await alias.fill('203.0.113.400/32')
  await expect(page.getByRole('region', { name: 'The address' })).toContainText('This is no IPv4 or IPv6 address.')
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
  await alias.fill(`${address}/32`)
  await expect(page.getByRole('checkbox', { name: `${address} put on eth0 first` })).toBeChecked()
  await expect(page.getByLabel('Over IPv4', { exact: true })).toHaveValue(address)
  const loopback = page.getByRole('checkbox', { name: /^127\.0\.0\.1/ })
  const loopback6 = page.getByRole('checkbox', { name: /^::1/ })
  await loopback.uncheck()
  await loopback6.uncheck()
  await expect(page.getByText('Programs that hand mail to localhost get "connection refused".')).toBeVisible()
  await loopback.check()
  await page.getByLabel('Name in HELO').fill('mail_1.example.org')
  await expect(page.getByRole('region', { name: 'Its name' })).toContainText('A host name has no underscore')
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
  await page.getByLabel('Name in HELO').fill('mail.example.org')
  await page.getByLabel('Servers that have IPv6').selectOption({ label: 'Are never reached over IPv6' })
  await page.getByRole('checkbox', { name: 'Rather keep mail back than send it from another address' }).check()
  await page.getByLabel('Domain that mail is sent for').fill('example.org')
  await page.getByLabel('DNS server to ask').fill('10.77.0.33')
})

test('the plan shows both files, and who will look at what', async () => {
  await page.getByRole('button', { name: 'Show the plan' }).click()
  const files = page.getByRole('region', { name: 'Files' })
  await expect(files).toContainText(`${address}:smtp`)
  await expect(files).toContainText('#smtp')
  await expect(files).toContainText(`smtp_bind_address = ${address}`)
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('Restart Postfix')
  await expect(page.getByRole('region', { name: 'Proof' })).toContainText(`The probe message came from ${address}`)
  expect(await stateOfMail('maple')).toBe(before)
})

test('it is applied and proved, and the receiver sees the address', async () => {
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect(proof).toContainText('example.org lets 203.0.113.40 send (SPF)')
  const sockets = (await hostExec('maple', ['ss', '-ltnH', 'sport = :25'])).stdout
  expect(
    sockets
      .match(/\S+:25 /g)
      ?.map((one) => one.trim())
      .sort(),
  ).toEqual(['127.0.0.1:25', `${address}:25`])

  const subject = `pollux-browser-${Date.now()}`
  const mail = `Subject: ${subject}\n\nhello\n`
  const sent = await hostExec('maple', ['sendmail', '-f', `${subject}@maple.example.org`, 'deploy@example.net'], {
    input: mail,
  })
  expect(sent.code).toBe(0)
  const line = `grep -F 'from=<${subject}@maple.example.org>' /var/log/mail.log`
  await waitUntil('elm has the mail', async () => (await hostExec('elm', ['sh', '-c', line])).code === 0, 30)
  const seen = (await hostExec('elm', ['sh', '-c', line])).stdout
  expect(seen).toContain(`[${address}]`)
  expect(seen).toContain('helo=<mail.example.org>')
})

test('the wizard comes back as it was left, and knows what the address is called', async () => {
  await openMailWizard(page, pollux.url, 'maple')
  await expect(page.getByText('This is as you left it last time.')).toBeVisible()
  // Typed last before the plan was asked for, and asked for the names since.
  await expect(page.getByLabel('DNS server to ask')).toHaveValue('10.77.0.33')
  await expect(page.getByLabel('Mail uses')).toHaveValue(address)
  const name = page.getByLabel('Name in HELO')
  await name.fill('maple.example.org')
  await expect(page.getByText(`In the DNS ${address} is mail.example.org.`)).toBeVisible()
  await page.getByRole('button', { name: `Use mail.example.org name of ${address}` }).click()
  await expect(name).toHaveValue('mail.example.org')
  await page.getByRole('button', { name: 'Begin with what Postfix does now' }).click()
  await expect(page.getByLabel('DNS server to ask')).toHaveValue('')
  await expect(name).toHaveValue('mail.example.org')
})

test('it can be planned as the package ships it', async () => {
  await page.getByRole('button', { name: 'Plan it as the package ships it' }).click()
  await expect(page.getByRole('heading', { name: 'Check what will happen on maple' })).toBeVisible()
  await expect(page.getByText('Has Postfix on maple listen on every address and send from any')).toBeVisible()
})

test('what somebody edits afterwards is shown, and can be taken as it is', async () => {
  await hostExec('maple', [
    'sh',
    '-c',
    "sed -i 's/^pickup    unix  n       -       y       60 /pickup    unix  n       -       y       61 /' /etc/postfix/master.cf",
  ])
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: 'maple' }).first().click()
  await page
    .getByRole('button', { name: /Read again|Read now/ })
    .first()
    .click()
  const drift = page.getByRole('region', { name: /Mail on its own address, change #/ })
  await expect(drift).toContainText('/etc/postfix/master.cf: pickup unix')
  await expect(drift).toContainText('pickup unix n - y 61 1 pickup')
  await expect(drift.getByRole('button', { name: /Apply change #\d+ again/ })).toBeVisible()
  await hostExec('maple', [
    'sh',
    '-c',
    "sed -i 's/^pickup    unix  n       -       y       61 /pickup    unix  n       -       y       60 /' /etc/postfix/master.cf",
  ])
})

test('the revert brings everything back', async () => {
  await page.goto(`${pollux.url}/changes/1`)
  await page.getByRole('button', { name: /Plan the revert of #1/ }).click()
  await page.waitForURL(/\/changes\/[2-9]$/)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await stateOfMail('maple')).toBe(before)
  expect((await hostExec('maple', ['postfix', 'status'])).code).toBe(0)
})

test('a host with another mail server, and one without any, are told apart', async () => {
  await takeInLabHost(page, pollux.url, 'yew', 'again')
  await openMailWizard(page, pollux.url, 'yew')
  await expect(page.getByText('exim4 answers on port 25 there')).toBeVisible()
  await takeInLabHost(page, pollux.url, 'hazel', 'again')
  await page.goto(`${pollux.url}/wizards/postfix`)
  const hosts = await page
    .getByRole('radio')
    .evaluateAll((all) => all.map((one) => `hosts=${one.getAttribute('value')}`))
  await page.goto(`${pollux.url}/wizards/postfix?${hosts.join('&')}`)
  await expect(page.getByText('3 hosts were chosen. This wizard works on one at a time')).toBeVisible()
  await openMailWizard(page, pollux.url, 'hazel')
  await expect(page.getByRole('heading', { name: 'hazel has no Postfix' })).toBeVisible()
  await page.getByRole('button', { name: 'Plan its installation' }).click()
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText(
    'Install Postfix from the packages of the host',
  )
})
