import { describe, expect, it } from 'vitest'
import { hostExec, waitUntil } from '@/e2e/lab/lab'
import type { AddressStep, InstallStep, RunStep } from '@/lib/agent'
import { changesSettled } from './engine'
import { getChange } from './get-change'
import { revertChange } from './revert-change'
import { changeLab } from './testing/change-lab'

const lab = changeLab()
const { has, add, plan, begin, apply, folderOf, fileOn, text, traces } = lab

const address = (more: Partial<AddressStep> = {}): AddressStep => ({
  kind: 'address',
  id: 'address',
  title: 'Put the address on',
  timeoutS: 20,
  device: 'eth0',
  address: '192.0.2.77/32',
  present: true,
  before: false,
  exclusive: false,
  announce: true,
  undo: { address: true },
  ...more,
})
const addressesOf = async (name: string) => (await hostExec(name, ['ip', '-o', 'addr', 'show', 'dev', 'eth0'])).stdout

describe.each(['alder', 'birch', 'cedar', 'oldnas'].filter((name) => has(name)))('an address on %s', (name) => {
  it.each(['192.0.2.77/32', '2001:db8::77/128'])(
    'comes, is taken back by a failing step, and is reverted: %s',
    async (cidr) => {
      const host = await add(name)
      const step = address({ address: cidr, label: cidr.includes(':') || name === 'oldnas' ? undefined : 'eth0:7' })
      const before = await addressesOf(name)
      const fails: RunStep = { kind: 'run', id: 'no', title: 'No', timeoutS: 5, run: ['false'], undo: { nothing: 'x' } }
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
      const change = await apply(await plan([await add('alder')], { more: [address(exclusive)] }))
      expect(change).toMatchObject({ outcome: 'reverted' })
      expect(await text(change.id)).toContain('Another machine answers for 10.77.0.240')
    } finally {
      await hostExec('cedar', ['ip', 'addr', 'del', cidr, 'dev', 'eth0'])
    }
    expect(await addressesOf('alder')).not.toContain(cidr)
  })

  it('is taken again only when the other has given it up', async () => {
    await hostExec('alder', ['ip', 'addr', 'add', cidr, 'dev', 'eth0'])
    const off = address({ ...exclusive, present: false, before: true })
    const waits: RunStep = {
      kind: 'run',
      id: 'waits',
      title: 'Waits',
      timeoutS: 60,
      run: ['sh', '-c', 'until [ -e /tmp/go ]; do sleep 0.1; done; false'],
      undo: { nothing: 'x' },
    }
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

/** A package with a service, in a repository on the host itself. */
const makePackage = `set -e
dir=/tmp/lab-repository; rm -rf $dir; mkdir -p $dir/tree/DEBIAN $dir/tree/lib/systemd/system; cd $dir
printf 'Package: lab-service\\nVersion: 1\\nArchitecture: all\\nMaintainer: lab <lab@example.org>\\nDescription: a service\\n' > tree/DEBIAN/control
printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' > tree/lib/systemd/system/lab-service.service
printf '#!/bin/sh\\nset -e\\n[ "$1" != configure ] || { systemctl daemon-reload; systemctl enable lab-service; [ ! -e /tmp/lab-slow ] || sleep 60; deb-systemd-invoke start lab-service; }\\n' > tree/DEBIAN/postinst
chmod 755 tree/DEBIAN/postinst
dpkg-deb --root-owner-group -b tree lab-service.deb >/dev/null
{ cat tree/DEBIAN/control; echo "Filename: ./lab-service.deb"; echo "Size: $(wc -c < lab-service.deb)"; echo "SHA256: $(sha256sum lab-service.deb | cut -d' ' -f1)"; } > Packages
echo "deb [trusted=yes] file:$dir ./" > /etc/apt/sources.list.d/lab-service.list
apt-get -qq update -o Dir::Etc::sourcelist=/etc/apt/sources.list.d/lab-service.list -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0`

const install: InstallStep = {
  kind: 'install',
  id: 'install',
  title: 'Install the service',
  manager: 'apt',
  timeoutS: 120,
  packages: ['lab-service'],
  units: ['lab-service.service'],
  undo: { disable: true },
}

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

  it('brings the package without starting it; taken back it stays, switched off', async () => {
    expect((await lab.on('alder', makePackage)).stderr).toBe('')
    try {
      const host = await add('alder')
      const runs: RunStep = {
        kind: 'run',
        id: 'on',
        title: 'On',
        timeoutS: 10,
        run: ['systemctl', 'start', 'lab-service'],
        undo: { nothing: 'the undo of the installation stops it' },
      }
      const fails: RunStep = { ...runs, id: 'no', run: ['false'] }
      const change = await apply(await plan([host], { more: [install, runs, fails] }))
      expect(change).toMatchObject({ outcome: 'reverted' })
      expect(await state()).toEqual(['install ok installed', 'disabled', 'inactive'])
      expect(await text(change.id)).toContain('These stay installed, switched off: lab-service')
    } finally {
      await lab.on('alder', 'apt-get -qq -y purge lab-service')
    }
  })

  it('leaves dpkg whole when it is killed in the middle', async () => {
    expect((await lab.on('alder', makePackage)).stderr).toBe('')
    try {
      await lab.on('alder', 'touch /tmp/lab-slow')
      const changeId = await plan([await add('alder')], { more: [install] })
      await begin(changeId)
      const isUnpacked = async () => (await state())[0]?.startsWith('install ok half-configured') ?? false
      await waitUntil('the package is half there', isUnpacked, 60)
      await lab.on('alder', `rm /tmp/lab-slow; read -r pid boot < ${await folderOf(changeId)}/pid; kill -9 $pid`)
      await changesSettled()
      expect(await getChange(lab.ctx(), changeId)).toMatchObject({ outcome: 'reverted' })
      expect(await state()).toEqual(['install ok installed', 'disabled', 'inactive'])
      expect([await fileOn('alder'), await traces('alder')]).toEqual(['old\n', ''])
    } finally {
      await lab.on('alder', 'rm -f /tmp/lab-slow; apt-get -qq -y purge lab-service')
    }
  })
})

describe.skipIf(!has('alder', 'cedar'))('steps of other kinds on alder', () => {
  it('goes on after its supervisor was killed, when the step can tell that its work is there', async () => {
    const run = ['sh', '-c', 'touch /tmp/did-it; sleep 30'] as const
    const step = {
      kind: 'run',
      id: 'slow',
      title: 'Slow',
      timeoutS: 40,
      run,
      isDone: ['cat', '/tmp/did-it'],
      undo: { nothing: 'x' },
    } as const
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
