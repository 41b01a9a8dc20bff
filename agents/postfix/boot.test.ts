import { describe, expect, it } from 'vitest'
import { bootFiles, bootOf, nonlocalText, waitText } from './boot'
import { NONLOCAL_PATH, waitPath } from './paths'
import { factsWith } from './testing/facts-with'

const unit = 'postfix@-.service'
const wait = waitPath(unit)
const knobs = (four: boolean | null, six: boolean | null = four) => ({ nonlocalBind: { 4: four, 6: six } })

describe('what happens at boot now', () => {
  it.each<[string, Record<string, string>, ReturnType<typeof knobs>, string]>([
    ['as the package has it', {}, knobs(false), 'fail'],
    ['nobody tells of knobs', {}, knobs(null), 'fail'],
    ['our file has systemd wait', { [wait]: waitText(['192.0.2.1']) }, knobs(false), 'wait'],
    ['our file lets programs bind', { [NONLOCAL_PATH]: nonlocalText() }, knobs(false), 'nonlocal'],
    ['somebody else lets programs bind', {}, knobs(true, false), 'nonlocal'],
    ['both are there', { [wait]: waitText(['192.0.2.1']) }, knobs(true), 'wait'],
  ])('%s', (_, files, more, boot) => {
    const { facts, instance } = factsWith(files, more)
    expect(bootOf(facts, instance)).toBe(boot)
    expect(bootOf(facts, { ...instance, unit: null })).not.toBe('wait')
  })
})

describe('the files for a choice', () => {
  const wanted = (choice: 'fail' | 'wait' | 'nonlocal', files: Record<string, string>, more = knobs(false)) => {
    const { facts, instance } = factsWith(files, more)
    return [...bootFiles(choice, facts, instance, ['192.0.2.1'])]
  }
  const text = waitText(['192.0.2.1'])
  const ours = { [NONLOCAL_PATH]: nonlocalText() }

  it('fail: neither, and ours go', () => {
    expect(wanted('fail', {})).toEqual([[wait, null]])
    expect(wanted('fail', ours)).toEqual([
      [wait, null],
      [NONLOCAL_PATH, null],
    ])
  })

  it('wait: the drop-in', () => expect(wanted('wait', {})).toEqual([[wait, text]]))

  it('nonlocal: the sysctl file, unless somebody else sees to it', () => {
    expect(wanted('nonlocal', {})).toEqual([
      [wait, null],
      [NONLOCAL_PATH, nonlocalText()],
    ])
    expect(wanted('nonlocal', {}, knobs(true))).toEqual([[wait, null]])
    expect(wanted('nonlocal', ours, knobs(true))).toContainEqual([NONLOCAL_PATH, nonlocalText()])
  })

  it('wait for nothing where nothing is bound, and without systemd for nobody', () => {
    const { facts, instance } = factsWith({})
    expect([...bootFiles('wait', facts, instance, [])]).toEqual([[wait, null]])
    expect([...bootFiles('nonlocal', facts, { ...instance, unit: null }, [])].map(([path]) => path)).toEqual([
      NONLOCAL_PATH,
    ])
  })
})

it('waits for each address, a minute at most, and has systemd begin anew', () => {
  const lines = waitText(['192.0.2.1', '2001:db8::9']).split('\n')
  const [start = ''] = lines.filter((line) => line.startsWith('ExecStartPre='))
  expect(start).toBe(
    `ExecStartPre=+/bin/sh -c 'n=0; until ip -o addr show to 192.0.2.1 | grep -q . && ip -o addr show to 2001:db8::9 | grep -q .; do n=$$((n + 1)); [ "$$n" -lt 60 ] || exit 0; sleep 1; done'`,
  )
  expect(lines).toEqual(
    expect.arrayContaining(['[Unit]', '[Service]', 'StartLimitIntervalSec=0', 'Restart=on-failure', 'RestartSec=15']),
  )
  expect(lines.indexOf('StartLimitIntervalSec=0')).toBeLessThan(lines.indexOf('[Service]'))
})
