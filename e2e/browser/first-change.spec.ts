import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { addHost, compareAndPin, testConnection } from './add-host'
import { chooseSchedulers, fileOn, openWizard, putBack, ruleFile, schedulersOn, setScheduler } from './disks'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// From a first start to a change that was proved and taken back, on a host with a kernel of its own.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const wanted = { sda: 'bfq', ubdb: 'none' }

test.beforeAll(async ({ browser }) => {
  await putBack('umber')
  pollux = await startPollux()
  page = await browser.newPage()
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack('umber')
})

test('the printed link makes the first admin, once', async ({ browser }) => {
  await makeFirstAdmin(page, pollux)
  await expect(page.getByRole('heading', { name: 'No host yet' })).toBeVisible()
  const other = await browser.newPage()
  await other.goto(pollux.signUpLink)
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await other.close()
})

test('a host is added with a key made here, compared, entered and read', async () => {
  await page.getByRole('link', { name: 'Add a host' }).click()
  const credential = { way: 'Make a key pair', name: 'Pollux on the guests' } as const
  await addHost(page, { name: 'umber', address: '10.77.0.51', kind: 'VM', credential })
  await compareAndPin(page, 'umber')

  const command = page.getByRole('code').filter({ hasText: 'authorized_keys' })
  const installed = await hostExec('umber', ['sh', '-c', (await command.textContent()) ?? ''])
  expect(installed).toMatchObject({ code: 0, stderr: '' })
  await testConnection(page, 'umber')
  for (const stage of ['Name', 'Route', 'Port', 'Key exchange', 'Host key', 'Login', 'Privilege', 'Shell'])
    await expect(page.getByRole('rowheader', { name: stage, exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Read umber' }).click()
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible()
  await page.getByRole('link', { name: 'Storage' }).click()
  const sda = page.getByRole('table', { name: 'Disks' }).getByRole('row', { name: /^sda / })
  await expect(sda).toContainText('mq-deadline')
  await expect(sda).toContainText('rotational')
})

test('the wizard shows what would change, and nothing is touched', async () => {
  await page.getByRole('link', { name: 'Start a wizard' }).click()
  await page.getByRole('link', { name: 'Open I/O scheduler' }).click()
  await chooseSchedulers(page, 'umber', wanted)
  await expect(page.getByText('2 disks get another scheduler.')).toBeVisible()
  await page.getByRole('button', { name: 'Show the plan' }).click()

  const steps = page.getByRole('region', { name: 'Steps' })
  await expect(steps.getByRole('row', { name: /sda from mq-deadline to bfq/ })).toBeVisible()
  await expect(steps.getByRole('row', { name: /ubdb from mq-deadline to none/ })).toBeVisible()
  const files = page.getByRole('region', { name: 'Files' })
  await expect(files).toContainText(ruleFile)
  await expect(files).toContainText('ATTR{queue/scheduler}="bfq"')
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect(proof.getByRole('listitem').filter({ hasText: 'sda uses bfq' })).toBeVisible()
  expect(await schedulersOn('umber')).toMatchObject({ sda: 'mq-deadline', ubdb: 'mq-deadline' })
  expect(await fileOn('umber', ruleFile)).toBe('')
})

test('it is applied, watched and proved', async () => {
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  const journal = page.getByRole('region', { name: 'Journal' })
  await expect(journal.getByText('live')).toBeVisible()
  await expect(journal.getByRole('log')).toContainText('umber')
  await expect(page.getByRole('status')).toContainText(/Done and proved in [\d.]+ s/)
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect(proof.getByRole('listitem').filter({ hasText: 'sda uses bfq' })).toContainText('proved')
  await expect(proof).not.toContainText('not so')
  expect(await schedulersOn('umber')).toMatchObject({ sda: 'bfq', ubdb: 'none', sdb: 'mq-deadline' })
  expect(await fileOn('umber', ruleFile)).toContain('bfq')
  await page.reload()
  await expect(journal.getByRole('log')).toContainText('sda')
})

test('the second time there is nothing to do', async () => {
  await openWizard(page, pollux.url, 'umber')
  await chooseSchedulers(page, 'umber', wanted)
  await expect(page.getByText('Every disk uses what is chosen already.')).toBeVisible()
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('status')).toContainText('Nothing to do')
})

test('what somebody changes behind its back shows on the host and at home', async () => {
  await setScheduler('umber', 'sda', 'kyber')
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: 'umber' }).click()
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByRole('heading', { name: 'No longer as it was left' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'I/O scheduler, change #1' })).toContainText('kyber')
  await page.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('heading', { name: 'umber is no longer as change #1 left it' })).toBeVisible()
})

test('what differs is applied again, on what stands by then, or taken as it is', async () => {
  await page.getByRole('link', { name: 'Look at the drift' }).click()
  const drift = page.getByRole('region', { name: 'I/O scheduler, change #1' })
  await setScheduler('umber', 'sda', 'bfq')
  await drift.getByRole('button', { name: 'Apply change #1 again' }).click()
  await expect(drift.getByRole('status')).toContainText('Nothing is to do')
  await setScheduler('umber', 'sda', 'kyber')
  await drift.getByRole('button', { name: 'Take it as it is now' }).click()
  const question = page.getByRole('dialog', { name: 'Take umber as it is now?' })
  await expect(question).toContainText('kyber')
  await question.getByRole('button', { name: 'Take it as it is now' }).click()
  await expect(page.getByRole('heading', { name: 'No longer as it was left' })).toBeHidden()
  await page.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('heading', { name: /today/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'umber is no longer as change #1 left it' })).toBeHidden()
  await setScheduler('umber', 'sda', 'bfq')
})

test('the revert is a change of its own, and takes all back', async () => {
  await page.goto(`${pollux.url}/changes/1`)
  await page.getByRole('button', { name: 'Plan the revert of #1' }).click()
  await page.waitForURL(`${pollux.url}/changes/2`)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  await expect.poll(() => schedulersOn('umber')).toMatchObject({ sda: 'mq-deadline', ubdb: 'mq-deadline' })
  expect(await fileOn('umber', ruleFile)).toBe('')
  await page.goto(`${pollux.url}/changes/1`)
  await expect(page.getByRole('status')).toContainText('taken back by #2')
})
