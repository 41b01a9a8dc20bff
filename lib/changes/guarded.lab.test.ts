import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cutLink, hostExec, restoreLink, waitUntil } from '@/e2e/lab/lab'
import type { RunStep, Step } from '@/lib/agent'
import { noteConnection, notePeer } from '@/lib/auth/peer'
import { store } from '@/lib/db/client'
import { portOf } from '@/scripts/start/test-start'
import { changesSettled } from './engine'
import { finishChange } from './finish-change'
import { getChange } from './get-change'
import { keepChange } from './keep-change'
import { openPlan } from './plan-record'
import { revertChange } from './revert-change'
import { resumeChange } from './run/apply-change'
import { closeOldConnection } from './run/fresh-connections'
import { hostRunsOf } from './run/host-run'
import { setHostState } from './run/note'
import { upload } from './run/upload'
import { watchHost } from './run/watch-host'
import { stopChange } from './stop-change'
import { changeLab } from './testing/change-lab'
import { addressStep, commandStep } from './testing/steps'

const lab = changeLab()
const { has, add, plan, begin, apply, folderOf, fileOn, text, traces, shorten, untilFileSays } = lab

/** Logins that the host's sshd has accepted, by its own journal. */
const logins = async (name: string) =>
  Number((await lab.on(name, 'journalctl -u ssh -o cat | grep -c "^Accepted"')).stdout.trim())

/** From here on no new connection comes in; those that stand go on. */
const refuseNew = (name: string) =>
  lab.on(
    name,
    'nft add table ip t; nft "add chain ip t i { type filter hook input priority 0; }"; nft add rule ip t i tcp dport 22 ct state new drop',
  )
const allowNew = (name: string) => hostExec(name, ['nft', 'delete', 'table', 'ip', 't'])

/** A server that takes a person's word as Pollux's own does, and a browser that keeps its connection to it alive. */
async function browserOf(changeId: number) {
  const server = createServer(async (request, response) => {
    notePeer(request)
    closeOldConnection(request, response)
    const headers = new Headers({ 'x-pollux-peer': String(request.headers['x-pollux-peer']) })
    const answer = await keepChange(lab.ctx(), { changeId }, headers).catch((error) => ({ result: error.code }))
    response.end(answer.result)
  })
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    noteConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    connections: () => connections,
    keep: () =>
      new Promise<string>((resolve, reject) => {
        const sent = get({ port: portOf(server), host: '127.0.0.1', agent }, (response) => {
          let text = ''
          response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
        })
        sent.on('error', reject)
      }),
    close: async () => {
      agent.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe.skipIf(!has('alder'))('a guarded change on alder', () => {
  it('stands only after two new logins', async () => {
    const host = await add('alder')
    const before = await logins('alder')
    const change = await apply(await plan([host], { guarded: true }))
    expect(change).toMatchObject({ outcome: 'applied' })
    expect(await text(change.id)).toContain('reached anew, twice')
    // One pooled connection for the whole change, and two that confirm it.
    expect((await logins('alder')) - before).toBe(3)
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['new\n', ''])
  })

  it('is taken back by its host when no new connection gets through, though the old one stands', async () => {
    const changeId = await plan([await add('alder')], { guarded: true, sleepS: 3 })
    await begin(changeId)
    try {
      await untilFileSays('alder', 'new\n')
      await refuseNew('alder')
      const proved = `${await folderOf(changeId)}/state/proved`
      await waitUntil('alder has proved it', async () => (await hostExec('alder', ['ls', proved])).code === 0, 20)
      await shorten('alder', changeId, 6)
      await untilFileSays('alder', 'old\n')
      const isTold = async () => (await text(changeId)).includes('could not be reached anew')
      await waitUntil('the login has failed', isTold, 90)
    } finally {
      await allowNew('alder')
    }
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
  })

  it('waits for a person where others are reached through the host', async () => {
    const host = await add('alder')
    const other = await add('cedar')
    await lab.db().host.update({ where: { id: other }, data: { jumpHostId: host } })
    const changeId = await plan([host], { guarded: true })
    await begin(changeId)
    const asks = async () => (await getChange(lab.ctx(), changeId)).needsPerson
    const person = await browserOf(changeId)
    // Its connection is there before anybody is asked, as that of a page that was left open.
    await person.keep()
    expect(person.connections()).toBe(1)
    await waitUntil('it asks for a person', async () => (await asks()) !== null, 30)
    expect(await asks()).toContain('alder is the way to 1 other host')
    expect((await getChange(lab.ctx(), changeId)).state).toBe('applying')
    expect([await person.keep(), person.connections()]).toEqual(['old-connection', 1])
    const kept = async () => (await lab.db().change.findUniqueOrThrow({ where: { id: changeId } })).keptBy
    expect(await kept()).toBeNull()
    expect([await person.keep(), person.connections()]).toEqual(['kept', 2])
    expect(await kept()).toBe('ada')
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect(await text(changeId)).toContain('ada confirmed it over a new connection from 127.0.0.1')
    expect(await person.keep()).toBe('conflict')
    await person.close()
  })

  it('is carried forward on a host that took it back before it heard that the change stands', async () => {
    const changeId = await plan([await add('alder'), await add('cedar')], { guarded: true })
    // As Pollux leaves it when it is killed right after it wrote down that the change stands.
    const row = await lab.db().change.update({
      where: { id: changeId },
      data: { state: 'applying', startedAt: new Date(), committedAt: new Date() },
    })
    const runs = await hostRunsOf(changeId, openPlan(row.sealedPlan))
    const { signal } = new AbortController()
    await Promise.all(runs.map(upload))
    await Promise.all(runs.map((run) => watchHost(run, 'start', 'proved', signal)))
    await lab.on('alder', `sh ${runs[0]?.work.directory}/undo`)
    await untilFileSays('alder', 'old\n')
    await resumeChange(changeId, signal)
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect(await text(changeId)).toContain('carried forward')
    expect([await fileOn('alder'), await fileOn('cedar')]).toEqual(['new\n', 'new\n'])
  })

  it.each(['finish forward', 'take all back'])(
    'is split where it could not be carried forward, and ended by: %s',
    async (way) => {
      const changeId = await plan([await add('alder'), await add('cedar')], { guarded: true })
      const committed = { state: 'applying', startedAt: new Date(), committedAt: new Date() }
      const row = await lab.db().change.update({ where: { id: changeId }, data: committed })
      const runs = await hostRunsOf(changeId, openPlan(row.sealedPlan))
      const { signal } = new AbortController()
      await Promise.all(runs.map(upload))
      await Promise.all(runs.map((run) => watchHost(run, 'start', 'proved', signal)))
      await lab.on('alder', `sh ${runs[0]?.work.directory}/undo`)
      await untilFileSays('alder', 'old\n')
      // What keeps alder from being carried forward: somebody else wrote the file meanwhile.
      await lab.on('alder', `printf 'theirs\\n' > ${lab.path}`)
      await resumeChange(changeId, signal)
      expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'split' })
      expect([await fileOn('alder'), await fileOn('cedar')]).toEqual(['theirs\n', 'new\n'])
      const planned = await (way === 'finish forward' ? finishChange : revertChange)(lab.ctx(), { changeId })
      if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
      expect(await apply(planned.changeId)).toMatchObject({ outcome: 'applied' })
      const ends = way === 'finish forward' ? ['new\n', 'new\n'] : ['theirs\n', 'old\n']
      expect([await fileOn('alder'), await fileOn('cedar')]).toEqual(ends)
    },
  )
})

describe.skipIf(!has('alder', 'cedar'))('what stands and waits for another host with its taking back', () => {
  const cidr = '10.77.0.241/32'
  const off = addressStep({ address: cidr, present: false, before: true, exclusive: true })
  const once: RunStep = {
    ...commandStep('once', ['mkdir', '/tmp/once']),
    undo: { run: ['rmdir', '/tmp/once'], timeoutS: 10 },
  }
  const hasIt = async () => (await lab.on('alder', 'ip -o addr show dev eth0')).stdout.includes(` ${cidr} `)
  const address = (name: string, verb: 'add' | 'del') => lab.on(name, `ip addr ${verb} ${cidr} dev eth0`)

  beforeEach(async () => {
    await address('alder', 'add')
  })
  afterEach(async () => {
    await lab.on('alder', 'rmdir /tmp/once')
    for (const name of ['alder', 'cedar']) await address(name, 'del')
  })

  /** As Pollux leaves it when it is killed right after cedar was told that the change stands, and before alder was. */
  const leftWaiting = async (more: Step[]) => {
    const changeId = await plan([await add('alder')], { guarded: true, more })
    const committed = { state: 'applying', startedAt: new Date(), committedAt: new Date() }
    const row = await lab.db().change.update({ where: { id: changeId }, data: committed })
    const [run] = await hostRunsOf(changeId, openPlan(row.sealedPlan))
    if (!run) throw new Error('expected a host')
    const { signal } = new AbortController()
    await upload(run)
    await setHostState(run, { state: 'running' })
    await watchHost(run, 'start', 'proved', signal)
    await address('cedar', 'add')
    const { directory } = run.work
    await lab.on('alder', `. ${directory}/common; set_deadline 1`)
    const waits = () => lab.on('alder', `grep -q "still answers" ${directory}/journal`)
    await waitUntil('alder waits', async () => (await waits()).code === 0, 30)
    return { changeId, directory, resume: () => resumeChange(changeId, signal) }
  }

  it('keeps what it proved, is stopped by nobody any more, and by hand only when the other has given it up', async () => {
    const { changeId, directory, resume } = await leftWaiting([off])
    await expect(stopChange(lab.ctx(), { changeId })).rejects.toMatchObject({ code: 'conflict' })
    expect((await getChange(lab.ctx(), changeId)).canStop).toBe(false)
    await resume()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect(await text(changeId)).toContain('10.77.0.241 is not taken again')
    expect([await fileOn('alder'), await hasIt(), await traces('alder')]).toEqual(['new\n', false, ''])
    await lab.on('alder', `setsid -f sh ${directory}/undo >/dev/null 2>&1 </dev/null`)
    const waits = async () => (await lab.on('alder', `tail -n 1 ${directory}/journal`)).stdout.includes('still answers')
    await waitUntil('alder waits once more', waits, 30)
    await address('cedar', 'del')
    await untilFileSays('alder', 'old\n')
    expect(await hasIt()).toBe(true)
  })

  it('is carried forward where something of it was taken back already', async () => {
    const { changeId, resume } = await leftWaiting([off, { ...once, run: ['mkdir', '-p', '/tmp/once'] }])
    await resume()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect(await text(changeId)).toContain('carried forward')
    expect([await fileOn('alder'), await hasIt(), await traces('alder')]).toEqual(['new\n', false, ''])
  })

  it('comes to an end also where it cannot be carried forward', async () => {
    const fails: RunStep = { ...once, id: 'fails', undo: { nothing: 'It stays, so that it fails the next time.' } }
    const { changeId, resume } = await leftWaiting([off, fails])
    await resume()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect([await fileOn('alder'), await hasIt(), await traces('alder')]).toEqual(['old\n', false, ''])
  })

  it('keeps what it proved also where nobody works on it any more', async () => {
    const { changeId, directory, resume } = await leftWaiting([off])
    await lab.on('alder', `pkill -KILL -f ${directory}/'[rg]'`)
    await resume()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect([await fileOn('alder'), await hasIt(), await traces('alder')]).toEqual(['new\n', false, ''])
  })

  it('is carried forward where Pollux was killed while it was brought there once more', async () => {
    const { changeId, directory, resume } = await leftWaiting([off])
    const nobody = `pkill -KILL -f ${directory}/'[rg]'`
    await lab.on('alder', `${nobody}; . ${directory}/common; . ${directory}/steps; undo_1; rm -rf /var/lib/pollux`)
    expect(await fileOn('alder')).toBe('old\n')
    await resume()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'applied' })
    expect([await fileOn('alder'), await hasIt(), await traces('alder')]).toEqual(['new\n', false, ''])
  })
})

describe.skipIf(!has('alder'))('reach', () => {
  it('is not kept once a person asked to stop, even where the host did not hear of it', async () => {
    const changeId = await plan([await add('alder')], { guarded: true, sleepS: 1 })
    await begin(changeId)
    await untilFileSays('alder', 'new\n')
    await store().change.update({ where: { id: changeId }, data: { stopAskedBy: 'ada' } })
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['old\n', ''])
  })

  it('says when the way is cut for good while it waits to be confirmed', async () => {
    const changeId = await plan([await add('alder')], { guarded: true, sleepS: 3 })
    await begin(changeId)
    try {
      await untilFileSays('alder', 'new\n')
      await cutLink('alder')
      await shorten('alder', changeId, 8)
      await untilFileSays('alder', 'old\n')
    } finally {
      await restoreLink('alder')
    }
    await changesSettled()
    expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
  })
})
