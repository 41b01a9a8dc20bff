import { afterEach, describe, expect, it } from 'vitest'
import { hostExec, waitUntil } from '@/e2e/lab/lab'
import type { RunStep } from '@/lib/agent'
import { changesSettled } from './engine'
import { getChange } from './get-change'
import { revertChange } from './revert-change'
import { changeLab } from './testing/change-lab'
import { installLabPackage, leaveLabPackage, makeLabPackage, slowFiles } from './testing/lab-package'
import { addressStep, commandStep } from './testing/steps'

const lab = changeLab()
const { has, add, plan, begin, apply, folderOf, fileOn, text, traces } = lab

const fails = commandStep('fails', ['false'])
const addressesOf = async (name: string) => (await hostExec(name, ['ip', '-o', 'addr', 'show', 'dev', 'eth0'])).stdout

describe.each(['alder', 'birch', 'cedar', 'oldnas'].filter((name) => has(name)))('an address on %s', (name) => {
  it.each(['192.0.2.77/32', '2001:db8::77/128'])(
    'comes, is taken back by a failing step, and is reverted: %s',
    async (cidr) => {
      const host = await add(name)
      const step = addressStep({ address: cidr, label: cidr.includes(':') || name === 'oldnas' ? undefined : 'eth0:7' })
      const before = await addressesOf(name)
      expect(await apply(await plan([host], { more: [step, fails] }))).toMatchObject({ outcome: 'reverted' })
      expect(await addressesOf(name)).toBe(before)
      const change = await apply(await plan([host], { more: [step] }))
      expect(change).toMatchObject({ outcome: 'applied' })
      expect(await addressesOf(name)).toContain(` ${cidr} `)
      const reverted = await revertChange(lab.ctx(), { changeId: change.id })
      if (!('changeId' in reverted)) throw new Error('expected a plan')
      expect(await apply(reverted.changeId)).toMatchObject({ outcome: 'applied' })
      expect(await addressesOf(name)).toBe(before)
    },
  )
})

describe.skipIf(!has('alder', 'cedar'))('an address that only one may hold', () => {
  const cidr = '10.77.0.240/32'
  const exclusive = { address: cidr, exclusive: true }

  it('is not put on while another host answers for it', async () => {
    await hostExec('cedar', ['ip', 'addr', 'add', cidr, 'dev', 'eth0'])
    try {
      const change = await apply(await plan([await add('alder')], { more: [addressStep(exclusive)] }))
      expect(change).toMatchObject({ outcome: 'reverted' })
      expect(await text(change.id)).toContain('Another machine answers for 10.77.0.240')
    } finally {
      await hostExec('cedar', ['ip', 'addr', 'del', cidr, 'dev', 'eth0'])
    }
    expect(await addressesOf('alder')).not.toContain(cidr)
  })

  it('is taken again only when the other has given it up', async () => {
    await hostExec('alder', ['ip', 'addr', 'add', cidr, 'dev', 'eth0'])
    const off = addressStep({ ...exclusive, present: false, before: true })
    const waits = commandStep('waits', ['sh', '-c', 'until [ -e /tmp/go ]; do sleep 0.1; done; false'], 60)
    await hostExec('alder', ['rm', '-f', '/tmp/go'])
    const changeId = await plan([await add('alder')], { more: [off, waits] })
    await begin(changeId)
    await waitUntil('alder gave it up', async () => !(await addressesOf('alder')).includes(cidr), 20)
    await hostExec('cedar', ['ip', 'addr', 'add', cidr, 'dev', 'eth0'])
    try {
      await hostExec('alder', ['touch', '/tmp/go'])
      await waitUntil('it is said', async () => (await text(changeId)).includes('still answers for 10.77.0.240'), 30)
      expect(await addressesOf('alder')).not.toContain(cidr)
      expect((await getChange(lab.ctx(), changeId)).state).toBe('applying')
    } finally {
      await hostExec('cedar', ['ip', 'addr', 'del', cidr, 'dev', 'eth0'])
    }
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect(await addressesOf('alder')).toContain(` ${cidr} `)
    await hostExec('alder', ['ip', 'addr', 'del', cidr, 'dev', 'eth0'])
  })
})

describe.skipIf(!has('alder'))('an installation on alder', () => {
  const state = async () =>
    (
      await lab.on(
        'alder',
        "dpkg-query -W -f='$'{Status}'\\n' lab-service; systemctl is-enabled lab-service; systemctl is-active lab-service; ls /usr/sbin/policy-rc.d",
      )
    ).stdout
      .trim()
      .split('\n')

  afterEach(async () => {
    await lab.on('alder', leaveLabPackage)
  })

  it('brings the package without starting it; taken back it stays, switched off', async () => {
    expect((await lab.on('alder', makeLabPackage)).stderr).toBe('')
    // The undo of the installation is what stops it.
    const runs = commandStep('on', ['systemctl', 'start', 'lab-service'])
    const change = await apply(await plan([await add('alder')], { more: [installLabPackage, runs, fails] }))
    expect(change).toMatchObject({ outcome: 'reverted' })
    expect(await state()).toEqual(['install ok installed', 'disabled', 'inactive'])
    expect(await text(change.id)).toContain('These stay installed, switched off: lab-service')
  })

  const slow = async (file: string) => {
    expect((await lab.on('alder', `${makeLabPackage}touch ${file}`)).stderr).toBe('')
  }
  // The package's own script sleeps: dpkg has it in hand, and has not got further.
  const isInHand = async () => (await hostExec('alder', ['pgrep', '-fx', 'sleep 60'])).code === 0
  const installSlowly = async (when: keyof typeof slowFiles, timeoutS: number) => {
    await slow(slowFiles[when])
    const changeId = await plan([await add('alder')], { more: [{ ...installLabPackage, timeoutS }] })
    await begin(changeId)
    await waitUntil('dpkg has it in hand', isInHand, 60)
    return changeId
  }
  const isWhole = async () => {
    expect((await lab.on('alder', 'dpkg --audit; ls /usr/sbin/policy-rc.d 2>/dev/null')).stdout).toBe('')
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['old\n', ''])
  }

  it.each(['unpacking', 'configuring'] as const)('leaves dpkg whole when it is killed while %s', async (when) => {
    const changeId = await installSlowly(when, 120)
    await lab.on('alder', `rm ${slowFiles[when]}; read -r pid boot < ${await folderOf(changeId)}/pid; kill -9 $pid`)
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    if (when === 'configuring') expect(await state()).toEqual(['install ok installed', 'disabled', 'inactive'])
    await isWhole()
  })

  it('ends what takes too long, with all that came of it, and leaves dpkg whole', async () => {
    const changeId = await installSlowly('configuring', 5)
    await lab.on('alder', `rm ${slowFiles.configuring}`)
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect(await text(changeId)).toContain('It took too long')
    expect(await state()).toEqual(['install ok installed', 'disabled', 'inactive'])
    await isWhole()
  })

  it('says so where the package cannot be brought to an end', async () => {
    const changeId = await installSlowly('configuring', 3)
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'undo-failed' })
    expect(await state()).toEqual(['install ok half-configured', 'disabled', 'inactive'])
    expect(await fileOn('alder')).toBe('old\n')
  })

  it('waits with the way back while another process works with dpkg', async () => {
    expect((await lab.on('alder', makeLabPackage)).stderr).toBe('')
    // Somebody else's dpkg, of a session of its own, is at work when the change is taken back.
    const another = `touch ${slowFiles.configuring}; setsid dpkg -i /var/lib/lab-repository/lab-service.deb >/dev/null 2>&1 & sleep 1; false`
    const meets = commandStep('meets', ['sh', '-c', another], 20)
    const changeId = await plan([await add('alder')], { more: [installLabPackage, meets] })
    await begin(changeId)
    const isSaid = async () => (await text(changeId)).includes('Another process works with dpkg')
    await waitUntil('the wait is said', isSaid, 60)
    await lab.on('alder', `rm ${slowFiles.configuring}; pkill -f 'sleep 60'; exit 0`)
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    await isWhole()
  })
})

describe.skipIf(!has('alder', 'cedar'))('steps of other kinds on alder', () => {
  it('goes on after its supervisor was killed, when the step can tell that its work is there', async () => {
    const slow = commandStep('slow', ['sh', '-c', 'touch /tmp/did-it; sleep 30'], 40)
    const step: RunStep = { ...slow, isDone: ['cat', '/tmp/did-it'] }
    await lab.on('alder', 'rm -f /tmp/did-it')
    const changeId = await plan([await add('alder')], { more: [step] })
    await begin(changeId)
    await waitUntil('the work is there', async () => (await hostExec('alder', ['ls', '/tmp/did-it'])).code === 0, 20)
    await lab.on('alder', `read -r pid boot < ${await folderOf(changeId)}/pid; kill -9 $pid`)
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['new\n', ''])
  })
})
