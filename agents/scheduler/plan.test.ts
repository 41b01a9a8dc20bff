import { describe, expect, it } from 'vitest'
import type { PlanHost } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { schedulerAgent } from '.'
import type { SchedulerDesired } from './desired'
import { type Device, type FoundDocument, type SchedulerFacts, schedulerFacts } from './facts'
import { factsOf, loadFixtures, rawReadings } from './load-fixtures'
import { deviceRows, hostView, suggestedChoices } from './view'

function hostFrom(name: string, hostId: string): PlanHost<SchedulerFacts> {
  const fixture = loadFixtures().find((one) => one.name.startsWith(name))
  if (!fixture) throw new Error(`no fixture ${name}`)
  return { hostId, name: hostId, facts: factsOf(fixture) }
}

function deviceOf({ facts }: PlanHost<SchedulerFacts>, name: string): Device {
  const device = facts.devices.find((one) => one.name === name)
  if (!device) throw new Error(`no device ${name}`)
  return device
}

const umber = hostFrom('Debian 12 server', 'umber')
const sienna = hostFrom('KVM guest', 'sienna')
const oldNas = hostFrom('ReadyNAS', 'ochre')
const sda = deviceOf(umber, 'sda')
const vda = deviceOf(sienna, 'vda')
const both: SchedulerDesired = {
  persistence: 'boot',
  hosts: { umber: { [sda.key]: 'mq-deadline' }, sienna: { [vda.key]: 'none' } },
}

describe('a plan', () => {
  it('names hosts, disks and what undo does', () => {
    const plan = schedulerAgent.plan([umber, sienna], both)
    expect(plan.title).toBe('Scheduler of 2 disks on umber and sienna')
    expect(plan.summary).toBe(
      'Sets mq-deadline on sda of umber and none on vda of sienna, now and at every boot. Undo puts back what each disk used before.',
    )
    expect(plan.phases.map((phase) => phase.hosts.map((host) => host.hostId))).toEqual([['umber', 'sienna']])
  })

  it('gives every step its way back to what the disk used', () => {
    const [phase] = schedulerAgent.plan([umber], { ...both, hosts: { umber: { [sda.key]: 'bfq' } } }).phases
    expect(phase?.hosts[0]?.steps.map((step) => step.undo)).toEqual([
      { copy: true },
      {
        knob: '/sys/block/sda/queue/scheduler',
        value: 'none',
        wait: { run: ['udevadm', 'settle', '--timeout=30'], timeoutS: 40 },
      },
      { nothing: 'It only waits.' },
    ])
  })

  it('proves the knob and the line', () => {
    const plan = schedulerAgent.plan([umber], { ...both, hosts: { umber: { [sda.key]: 'mq-deadline' } } })
    expect(plan.checks.map(({ weight, read, expect: wanted }) => [weight, read, wanted])).toEqual([
      ['must', { file: '/sys/block/sda/queue/scheduler' }, { includes: '[mq-deadline]' }],
      [
        'must',
        { file: '/etc/udev/rules.d/60-pollux-ioscheduler.rules' },
        {
          includes:
            'ACTION=="add|change", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", ENV{ID_SERIAL}=="WDC_WD40EFRX-68N32N0_WD-WCC7K0AB1234", ATTR{queue/scheduler}="mq-deadline"',
        },
      ],
      [
        'advise',
        { command: ['udevadm', 'info', '--query=property', '--path=/sys/block/sda'] },
        { includes: 'ID_SERIAL=WDC_WD40EFRX-68N32N0_WD-WCC7K0AB1234' },
      ],
    ])
  })

  it('leaves out a host that is as wished, and says so when all are', () => {
    const first = schedulerAgent.plan([umber, sienna], both)
    const done = { ...umber, facts: schedulerAgent.predict(umber, first) }
    const second = schedulerAgent.plan([done, sienna], both)
    expect(second.phases.map((phase) => phase.hosts.map((host) => host.hostId))).toEqual([['sienna']])
    expect(second.nothingToDo).toBe(null)
    const third = schedulerAgent.plan([done, { ...sienna, facts: schedulerAgent.predict(sienna, first) }], both)
    expect(third.nothingToDo).toBe('Every chosen disk already uses what was chosen, and keeps it over a reboot.')
  })

  it('comes back to the old bytes when every disk is left again', () => {
    const choices = { [deviceOf(oldNas, 'hda').key]: 'deadline', [deviceOf(oldNas, 'sda').key]: 'deadline' }
    const wish: SchedulerDesired = { persistence: 'boot', hosts: { ochre: choices } }
    const set = { ...oldNas, facts: schedulerAgent.predict(oldNas, schedulerAgent.plan([oldNas], wish)) }
    const left = Object.fromEntries(Object.keys(choices).map((key) => [key, 'leave']))
    const back = schedulerAgent.plan([set], { persistence: 'live-only', hosts: { ochre: left } })
    expect(schedulerAgent.predict(set, back).rcLocal).toEqual(oldNas.facts.rcLocal)
  })

  it('takes a vanished disk out of the rules when it is left', () => {
    const first = schedulerAgent.plan([umber], { ...both, hosts: { umber: { [sda.key]: 'bfq' } } })
    const after = schedulerAgent.predict(umber, first)
    const gone = { ...umber, facts: { ...after, devices: after.devices.filter((device) => device.name !== 'sda') } }
    const plan = schedulerAgent.plan([gone], { ...both, hosts: { umber: { [sda.key]: 'leave' } } })
    expect(schedulerAgent.predict(gone, plan).ruleFile).toEqual({ state: 'absent' })
  })

  it('refuses a host without facts, and points at the field', () => {
    const error = thrownBy(() => schedulerAgent.plan([umber], both))
    expect(isAppError(error) && [error.code, Object.keys(error.fields ?? {})]).toEqual(['invalid', ['hosts.sienna']])
  })

  it('is stale when the disk, its list, its value or a file is another', () => {
    const wish: SchedulerDesired = { persistence: 'boot', hosts: { umber: { [sda.key]: 'bfq' } } }
    const basis = (facts: SchedulerFacts) => schedulerAgent.plan([{ ...umber, facts }], wish).basis
    const withSda = (change: Partial<Device>): SchedulerFacts => ({
      ...umber.facts,
      devices: umber.facts.devices.map((device) => (device.name === 'sda' ? { ...device, ...change } : device)),
    })
    const others: SchedulerFacts[] = [
      withSda({ active: 'kyber' }),
      withSda({ offered: ['none', 'bfq'] }),
      { ...umber.facts, ruleFile: fileOf('# x\n') },
      { ...umber.facts, udev: { ...umber.facts.udev, version: 175 } },
    ]
    for (const facts of others) expect(basis(facts)).not.toEqual(basis(umber.facts))
  })
})

describe('drift', () => {
  const wish: SchedulerDesired = { persistence: 'boot', hosts: { umber: { [sda.key]: 'mq-deadline' } } }
  const plan = schedulerAgent.plan([umber], wish)
  const after = schedulerAgent.predict(umber, plan)
  const driftWith = (change: Partial<SchedulerFacts>) =>
    schedulerAgent.drift({ ...umber, facts: { ...after, ...change } }, wish, plan)

  it('tells what was left and what is seen', () => {
    expect(driftWith({})).toEqual([])
    expect(driftWith({ ruleFile: { state: 'absent' } })).toEqual([
      {
        what: 'sda in /etc/udev/rules.d/60-pollux-ioscheduler.rules',
        expected: 'mq-deadline',
        seen: 'the file is gone',
      },
    ])
    expect(driftWith({ ruleFile: fileOf('# nothing\n') })[0]?.seen).toBe('no line for it')
    expect(driftWith({ devices: umber.facts.devices })).toEqual([
      { what: 'scheduler of sda', expected: 'mq-deadline', seen: 'none' },
    ])
    expect(driftWith({ devices: [] })[0]).toMatchObject({ seen: 'not there' })
  })
})

describe('the probe', () => {
  it('does not round what could not be read to empty', () => {
    const fixture = loadFixtures()[0]
    if (!fixture) throw new Error('no fixtures')
    const raw = rawReadings(fixture.readings)
    const denied = { state: 'not-read', why: 'denied', detail: 'no' } as const
    expect(schedulerAgent.probe.parse({ ...raw, attrs: denied })).toEqual(denied)
    expect(schedulerAgent.probe.parse({ ...raw, mounts: denied })).toEqual(denied)
    const found = schedulerAgent.probe.parse({ ...raw, ruleFile: denied })
    expect(found.state === 'read' && found.value.ruleFile).toEqual({ state: 'unread', why: 'denied' })
  })

  it('asks only with absolute globs', () => {
    for (const reading of Object.values(schedulerAgent.probe.readings)) {
      const paths = 'globs' in reading ? reading.globs : 'path' in reading ? [reading.path] : []
      for (const path of paths) expect(path).toMatch(/^\/[A-Za-z0-9/_.*?[\]:-]+$/)
    }
    expect(schedulerFacts.safeParse(umber.facts).success).toBe(true)
  })
})

describe('the table', () => {
  it('shows a disk as a person needs it', () => {
    expect(deviceRows(umber.facts)[0]).toMatchObject({
      name: 'sda',
      node: '/dev/sda',
      what: 'Turning disk, SATA',
      model: 'WDC WD40EFRX-68N',
      partitions: 2,
      now: 'none',
      recommended: { scheduler: 'mq-deadline', isAlreadyRight: false },
      whyNot: null,
      atBoot: null,
      knownBy: 'serial WDC_WD40EFRX-68N32N0_WD-WCC7K0AB1234',
      group: 'disk',
    })
    expect(deviceRows(umber.facts).at(-1)?.group).toBe('other')
    expect(suggestedChoices(umber.facts)).toEqual({ [sda.key]: 'mq-deadline' })
    expect(hostView(umber.facts)).toEqual({
      whyNotLive: null,
      whyNotBoot: null,
      bootWay: 'a udev rule in /etc/udev/rules.d/60-pollux-ioscheduler.rules',
    })
    expect(hostView(oldNas.facts).bootWay).toBe('lines in /etc/rc.local')
  })
})

function fileOf(bytes: string): FoundDocument {
  return { state: 'there', type: 'file', target: null, mode: '0644', owner: 'root', group: 'root', bytes }
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}
