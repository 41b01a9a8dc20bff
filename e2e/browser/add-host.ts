import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { getLabHost } from '@/e2e/lab/lab'

type NewCredential =
  | { way: 'Make a key pair'; name: string }
  | { way: 'Paste a private key'; name: string; privateKey: string }
  | { way: 'A password'; name: string; password: string }
  | { way: 'One that is there'; name: RegExp }

/** What a person types about a new host; what is left out stays as the form has it. */
export interface NewHost {
  name: string
  address: string
  port?: string
  kind?: 'Server' | 'NAS' | 'VM'
  login?: string
  privilege?: 'It is root' | 'Everything, by sudo' | 'It has no root'
  sudoPassword?: string
  jump?: string
  credential: NewCredential
}

/** The lab's own key, pasted: hosts of the lab let it in already. */
export function labKey(kind: 'ed25519' | 'rsa' = 'ed25519'): NewCredential {
  const file = getLabHost('umber').keys[kind]
  return { way: 'Paste a private key', name: `Lab key, ${kind}`, privateKey: readFileSync(file, 'utf8') }
}

/** Fills the form of a new host, which has to be open. */
export async function fillNewHost(page: Page, host: NewHost): Promise<void> {
  await page.getByLabel('Address').fill(host.address)
  if (host.port) await page.getByLabel('Port of SSH').fill(host.port)
  if (host.jump) await page.getByLabel('Jump host').selectOption({ label: host.jump })
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(host.name)
  if (host.kind) await choose(page, 'Kind', host.kind)
  if (host.login) await page.getByLabel('Login', { exact: true }).fill(host.login)
  if (host.privilege) await choose(page, 'What the login may do', host.privilege)
  if (host.sudoPassword) await page.getByLabel('Password for sudo').fill(host.sudoPassword)
  await fillCredential(page, host.credential)
}

/** Adds a host and comes to the page where its key is compared. */
export async function addHost(page: Page, host: NewHost): Promise<void> {
  await fillNewHost(page, host)
  await page.getByRole('button', { name: 'Add host and compare its key' }).click()
  await expect(page.getByRole('heading', { name: `Is this ${host.name}?` })).toBeVisible()
}

/** Compares every fingerprint on the page with the lab's own knowledge of the host, as a person's eyes do, and pins. */
export async function compareAndPin(page: Page, labHost: string): Promise<void> {
  const offered = page.getByRole('table', { name: 'Offered keys' })
  await expect(offered).toBeVisible()
  const shown = await offered.getByRole('cell', { name: /^SHA256:/ }).allTextContents()
  expect(shown.sort()).toEqual(fingerprintsOf(labHost))
  await page.getByRole('button', { name: /pin th(is key|ese keys)/ }).click()
  await expect(page.getByRole('table', { name: 'Confirmed keys' })).toBeVisible()
}

/** Presses the test of the connection and waits until it was entered. */
export async function testConnection(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByText(new RegExp(`^${name} was entered`))).toBeVisible()
}

/** The whole way from the empty form to the host's page, read once. */
export async function takeIn(page: Page, origin: string, host: NewHost): Promise<void> {
  await page.goto(`${origin}/hosts/new`)
  await addHost(page, host)
  await compareAndPin(page, host.name)
  await testConnection(page, host.name)
  await page.getByRole('button', { name: `Read ${host.name}` }).click()
  await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible()
}

/** The same for a host of the lab, by its own key, pasted; from the second one on with the credential that it made. */
export async function takeInLabHost(page: Page, origin: string, name: string, again?: 'again'): Promise<void> {
  const { address, keys } = getLabHost(name)
  const credential: NewCredential = again
    ? { way: 'One that is there', name: /Lab key/ }
    : { way: 'Paste a private key', name: 'Lab key', privateKey: readFileSync(keys.ed25519, 'utf8') }
  await takeIn(page, origin, { name, address, credential })
}

function fingerprintsOf(labHost: string): string[] {
  return getLabHost(labHost)
    .hostKeys.map((key) => key.fingerprint)
    .sort()
}

async function fillCredential(page: Page, credential: NewCredential): Promise<void> {
  await choose(page, 'Credential', credential.way)
  if (credential.way === 'One that is there') {
    const list = page.getByLabel('Which credential')
    const option = list.getByRole('option', { name: credential.name })
    return void (await list.selectOption((await option.getAttribute('value')) ?? ''))
  }
  await page.getByLabel('Name of the credential').fill(credential.name)
  if (credential.way === 'Paste a private key')
    await page.getByRole('textbox', { name: 'Private key' }).fill(credential.privateKey)
  if (credential.way === 'A password') await page.getByLabel('Password', { exact: true }).fill(credential.password)
}

/** A radio's name goes on with what follows from it; its label stands at the beginning. */
async function choose(page: Page, group: string, label: string): Promise<void> {
  const radio = page.getByRole('group', { name: group }).getByRole('radio', { name: new RegExp(`^${label}`) })
  await radio.check()
}
