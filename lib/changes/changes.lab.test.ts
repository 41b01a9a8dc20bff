import { describe, expect, it } from 'vitest'
import { cutLink, fillDisk, freeDisk, hostExec, powerCut, powerOn, reboot, restoreLink, waitUntil } from '@/e2e/lab/lab'
import { planChange } from './ask-change'
import { changesSettled } from './engine'
import { getChange } from './get-change'
import { giveMoreTime } from './give-more-time'
import { revertChange } from './revert-change'
import { stopChange } from './stop-change'
import { changeLab } from './testing/change-lab'

const lab = changeLab()
const { path, has, add, plan, begin, apply, folderOf, fileOn, text, traces, shorten, untilFileSays } = lab

/** How often a host's own log tells of a change. */
async function loggedOn(name: string, words: string): Promise<number> {
  const log = await hostExec(name, ['sh', '-c', 'journalctl -o cat -t pollux 2>/dev/null || cat /var/log/messages'])
  return log.stdout.split(words).length - 1
}

describe.each(['alder', 'birch', 'cedar', 'oldnas'].filter((name) => has(name)))('on %s', (name) => {
  it('applies, proves, finds nothing to do the second time, and reverts', async () => {
    const host = await add(name)
    const logged = async () => [
      await loggedOn(name, 'begun: change #'),
      await loggedOn(name, 'ended, applied: change #'),
    ]
    const [begun = 0, ended = 0] = await logged()
    const change = await apply(await plan([host]))
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    await expect.poll(logged).toEqual([begun + 1, ended + 1])
    expect(change.proofs.map((proof) => [proof.seen, proof.verdict])).toEqual([
      ['new', 'yes'],
      ['nothing to do', 'yes'],
    ])
    expect([await fileOn(name), await traces(name)]).toEqual(['new\n', ''])
    const again = { agentId: 'test', desired: { path, bytes: 'new\n' }, hostIds: [host] }
    expect(await planChange(lab.ctx(), again)).toEqual({ nothingToDo: `${path} is as asked already.` })
    const reverted = await revertChange(lab.ctx(), { changeId: change.id })
    if (!('changeId' in reverted)) throw new Error('expected a plan')
    expect(await apply(reverted.changeId)).toMatchObject({ outcome: 'applied' })
    expect(await fileOn(name)).toBe('old\n')
    expect((await hostExec(name, ['ls', '-l', path])).stdout).toMatch(/^-rw-r-----/)
  })

  it('takes it back when the proof fails', async () => {
    const change = await apply(await plan([await add(name)], { expected: 'something else' }))
    expect(change).toMatchObject({ outcome: 'reverted' })
    expect([await fileOn(name), await traces(name)]).toEqual(['old\n', ''])
  })
})

describe.skipIf(!has('alder'))('on alder, with faults', () => {
  it('refuses a plan whose host changed in between, shows what, and takes a new approval', async () => {
    const changeId = await plan([await add('alder')])
    await hostExec('alder', ['sh', '-c', `printf 'edited\\n' > ${path}`])
    const stale = await apply(changeId)
    expect(stale).toMatchObject({ state: 'stale', outcome: null })
    expect(stale.changed).toMatchObject([{ name: `file ${path}`, before: 'old\n', now: 'edited\n' }])
    expect(await fileOn('alder')).toBe('edited\n')
    expect(await apply(changeId)).toMatchObject({ outcome: 'applied' })
  })

  it('finishes alone while the link is cut, and the screen says so afterwards', async () => {
    const changeId = await plan([await add('alder')], { sleepS: 4 })
    await begin(changeId)
    try {
      await untilFileSays('alder', 'new\n')
      await cutLink('alder')
      const ended = `${await folderOf(changeId)}/state/end.applied`
      await waitUntil('alder ended it', async () => (await hostExec('alder', ['ls', ended])).code === 0, 40)
      expect((await getChange(lab.ctx(), changeId)).state).toBe('applying')
    } finally {
      await restoreLink('alder')
    }
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ state: 'ended', outcome: 'applied' })
  })

  it('undoes what its supervisor left when that was killed', async () => {
    const changeId = await plan([await add('alder')], { sleepS: 30 })
    await begin(changeId)
    await untilFileSays('alder', 'new\n')
    await hostExec('alder', ['sh', '-c', `read -r pid boot < ${await folderOf(changeId)}/pid; kill -9 $pid`])
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['old\n', ''])
  })

  it('shows when the host would take it back, and gives more time when a person says so', async () => {
    const changeId = await plan([await add('alder')], { sleepS: 4 })
    await begin(changeId)
    await untilFileSays('alder', 'new\n')
    const deadline = async () => (await getChange(lab.ctx(), changeId)).hosts[0]?.deadline ?? null
    await waitUntil('the deadline is known', async () => (await deadline()) !== null, 10)
    const before = await deadline()
    await giveMoreTime(lab.ctx(), { changeId, seconds: 3_000 })
    await waitUntil('it was moved', async () => ((await deadline())?.seconds ?? 0) > 3_000, 10)
    const moved = ((await deadline())?.at.getTime() ?? 0) - (before?.at.getTime() ?? 0)
    expect(moved).toBeGreaterThan(60_000)
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    await expect(giveMoreTime(lab.ctx(), { changeId, seconds: 60 })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('stops between steps when a person says so', async () => {
    const changeId = await plan([await add('alder')], { sleepS: 3, run: ['touch', '/tmp/never'] })
    await begin(changeId)
    await untilFileSays('alder', 'new\n')
    await stopChange(lab.ctx(), { changeId })
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect([await fileOn('alder'), (await hostExec('alder', ['ls', '/tmp/never'])).code]).toEqual(['old\n', 2])
  })

  it('touches nothing on a full disk, and says so', async () => {
    const changeId = await plan([await add('alder')])
    await fillDisk('alder')
    try {
      const change = await apply(changeId)
      expect(change).toMatchObject({ state: 'ended', outcome: 'not-started' })
      expect(change.detail).toContain('Nothing was touched')
    } finally {
      await freeDisk('alder')
    }
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['old\n', ''])
  })

  it('refuses while another dashboard holds the host', async () => {
    const changeId = await plan([await add('alder')])
    const lock = '/var/lib/pollux/lock'
    await hostExec('alder', ['sh', '-c', `mkdir -p ${lock}; printf 'otherpollux-9 boot 1\\n' > ${lock}/owner`])
    const change = await apply(changeId)
    await hostExec('alder', ['rm', '-r', lock])
    expect(change).toMatchObject({ outcome: 'not-started' })
    expect(change.detail).toContain('change #9 of another Pollux (otherpollux)')
    expect(await fileOn('alder')).toBe('old\n')
  })

  it.each(['deploy', 'ops'])('works through sudo as %s', async (login) => {
    const change = await apply(await plan([await add('alder', login)]))
    expect(change).toMatchObject({ outcome: 'applied' })
    expect(await fileOn('alder')).toBe('new\n')
  })

  it('leaves nothing to the shell in paths and bytes of a file', async () => {
    const hostile = `$(touch /tmp/pwned) \`touch /tmp/pwned\` '"; touch /tmp/pwned #\n-n\n\u202e\x1b[31m\n`
    const bytes = Buffer.from(hostile, 'utf8').toString('latin1')
    const change = await apply(await plan([await add('alder')], { bytes, expected: '$(touch /tmp/pwned)' }))
    expect(change).toMatchObject({ outcome: 'applied' })
    expect([await fileOn('alder'), (await hostExec('alder', ['ls', '/tmp/pwned'])).code]).toEqual([hostile, 2])
  })
})

describe.skipIf(!has('alder', 'cedar'))('on two hosts', () => {
  it('takes back the one that ended well when the other did not', async () => {
    const hosts = [await add('alder'), await add('cedar')]
    // The command succeeds on alder only.
    const changeId = await plan(hosts, { run: ['grep', '-q', 'alder', '/etc/hostname'] })
    const change = await apply(changeId)
    expect(change).toMatchObject({ outcome: 'reverted' })
    expect([await fileOn('alder'), await fileOn('cedar')]).toEqual(['old\n', 'old\n'])
    expect(await text(changeId)).toContain('all other hosts take it back')
  })

  it('applies on both', async () => {
    const change = await apply(await plan([await add('alder'), await add('cedar')]))
    expect(change).toMatchObject({ outcome: 'applied' })
    expect([await fileOn('alder'), await fileOn('cedar')]).toEqual(['new\n', 'new\n'])
  })

  it('goes through a barrier together', async () => {
    const change = await apply(await plan([await add('alder'), await add('cedar')], { barrier: true, sleepS: 1 }))
    expect(change).toMatchObject({ outcome: 'applied' })
    const told = await text(change.id)
    expect(told).toContain('all 2 hosts ended phase 1')
    expect(told).toContain('from here on the change stands')
  })

  it('is taken back by both hosts alone, when nobody says to go on before their deadline', async () => {
    const changeId = await plan([await add('alder'), await add('cedar')], { sleepS: 3 })
    await begin(changeId)
    try {
      await untilFileSays('cedar', 'new\n')
      await cutLink('cedar')
      for (const name of ['alder', 'cedar']) await shorten(name, changeId, 8)
      for (const name of ['alder', 'cedar']) await untilFileSays(name, 'old\n')
    } finally {
      await restoreLink('cedar')
    }
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect([await traces('alder'), await traces('cedar')]).toEqual(['', ''])
  })
})

/** Whether this boot's journal has the hook at its end before the first word of whoever brings the network up. */
async function beforeNetwork(name: string): Promise<boolean> {
  const lines = (await hostExec(name, ['journalctl', '-b', '-o', 'cat', '-t', 'systemd'])).stdout.split('\n')
  const hook = lines.findIndex((line) => /^Finished (pollux-boot\.service|Pollux: take back)/.test(line))
  const network = lines.findIndex((line) => /^Starting systemd-networkd\.service/.test(line))
  return hook >= 0 && network > hook
}

// The fault matrix has both ways on both of them, at every moment.
describe.each([
  { name: 'umber', how: 'a power cut' },
  { name: 'sienna', how: 'a reboot' },
])('on $name, which goes down in the middle: $how', ({ name, how }) => {
  it.skipIf(!has(name))(
    'has taken it back before anybody can reach it',
    async () => {
      const changeId = await plan([await add(name)], { sleepS: 300, guarded: true })
      // What another program has just written and not synced is what a power cut takes first.
      const writeAnew = `cp -a ${path} /tmp/as-it-is; rm ${path}; sync; cp -a /tmp/as-it-is ${path}`
      expect((await lab.on(name, writeAnew)).stderr).toBe('')
      await begin(changeId)
      await untilFileSays(name, 'new\n')
      if (how === 'a reboot') await reboot(name)
      else {
        await powerCut(name)
        await powerOn(name)
      }
      expect([await fileOn(name), await traces(name)]).toEqual(['old\n', ''])
      // A host that is told to go down takes it back before it does.
      if (name === 'umber') expect(await beforeNetwork(name)).toBe(true)
      await changesSettled()
      expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
      expect((await hostExec(name, ['sh', '-c', 'ls /etc/init.d /etc/systemd/system | grep pollux'])).stdout).toBe('')
    },
    240_000,
  )
})
