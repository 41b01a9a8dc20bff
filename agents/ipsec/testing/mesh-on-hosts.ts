import { afterEach, beforeEach } from 'vitest'
import { FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { setGuardTimes } from '@/lib/changes/deadline'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import type { Tx } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { ipsecAgent } from '..'
import type { IpsecDesired, MeshProfile } from '../desired'

/** A member of the lab's mesh by its name in the lab and its id in the inventory. */
export interface LabMember {
  name: string
  hostId: string
}

/** Whether all of these hosts of the lab are up. */
export function areUp(names: readonly string[]): boolean {
  return names.every((name) => hostsForTests().some((host) => host.name === name))
}

/** What a script prints on a lab host, out of band; throws where it fails. */
export async function shell(name: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}

/** All that a mesh may touch, byte for byte, and what the kernel has of it. */
export function stateOf(name: string): Promise<string> {
  return shell(
    name,
    `for f in $(find /etc/swanctl /etc/ipsec.* /etc/network /etc/systemd /etc/pollux /etc/hosts -type f ! -name 'pollux.pem' 2>/dev/null | sort)
do echo "== $f $(stat -c '%a %U %G' "$f")"; cat "$f"; done
find /etc/swanctl /etc/ipsec.* /etc/network /etc/systemd /etc/pollux 2>/dev/null | sort
ip -o -4 addr show; ip route; ip tunnel show | sort; ip xfrm policy | grep -v '^[[:space:]]' | grep -v 'socket\\|src 0.0.0.0/0\\|src ::/0' || :
iptables-save | grep '^[-:*]' | sed 's/ \\[.*//'; if command -v swanctl >/dev/null; then swanctl --list-conns; fi`,
  )
}

/** Takes hosts of the lab into the inventory. */
export function addMembers(db: Tx, names: readonly string[]): Promise<LabMember[]> {
  return Promise.all(
    names.map(async (name) => {
      const lab = hostsForTests().find((host) => host.name === name)
      if (!lab) throw new Error(`expected ${name} to run`)
      return { name, hostId: (await makeLabHost(db, lab)).id }
    }),
  )
}

/** The wish of the mesh "lab"; inner addresses go by the host's outer one: 10.20.0.81 of 10.77.0.81. */
export function labMesh(
  members: readonly LabMember[],
  leaving: readonly LabMember[] = [],
  profile: MeshProfile = 'modern',
): IpsecDesired {
  return {
    kind: 'mesh',
    tag: 'lab',
    name: 'Lab',
    prefix: '10.20.0.0/24',
    profile,
    members: members.map(({ name, hostId }) => ({ hostId, label: name, outer: outerOf(name), inner: innerOf(name) })),
    leaving: leaving.map(({ hostId }) => hostId),
    innerNames: false,
    foreign: [],
  }
}

/** The address of a lab host on the main segment. */
export function outerOf(name: string): string {
  return hostsForTests().find((host) => host.name === name)?.address ?? ''
}

/** Its address inside the mesh. */
export function innerOf(name: string): string {
  return outerOf(name).replace('10.77.', '10.20.')
}

/** Plans for these members; throws the refusal, or that there is nothing to do. Returns the change's id. */
export async function planned(ctx: Ctx, hosts: readonly LabMember[], desired: IpsecDesired): Promise<number> {
  const hostIds = hosts.map(({ hostId }) => hostId)
  const made = await planChange(ctx, { agentId: 'ipsec', desired, hostIds })
  if (!('changeId' in made)) throw new Error(made.nothingToDo)
  return made.changeId
}

/** Approves a change and waits for its end; throws its journal where it did not come to stand. */
export async function applied(ctx: Ctx, changeId: number): Promise<number> {
  const { digest } = await getChange(ctx, changeId)
  await approveChange(ctx, { changeId, digest })
  await changesSettled()
  const { outcome } = await getChange(ctx, changeId)
  if (outcome === 'applied') return changeId
  const { lines } = await readJournal(ctx, changeId, 0)
  throw new Error(`${outcome}\n${lines.map(({ text }) => text).join('\n')}`)
}

/** Plans the revert of a change and applies it. */
export async function reverted(ctx: Ctx, changeId: number): Promise<number> {
  const made = await revertChange(ctx, { changeId })
  if (!('changeId' in made)) throw new Error(made.nothingToDo)
  return applied(ctx, made.changeId)
}

/** What a test of a mesh on hosts works with. */
export interface MeshLab {
  ctx(): Ctx
  db(): Tx
  /** Plans for these members and applies it; throws what either does. Returns the change's id. */
  apply(hosts: readonly LabMember[], desired: IpsecDesired): Promise<number>
}

/** Before each test of a file: an operator in an empty store, and hosts without any mesh; behind it, nothing under way. */
export function useMeshLab(names: readonly string[], slackS: number): MeshLab {
  const store = withTestStore()
  let ctx: Ctx
  beforeEach(async () => {
    const user = await makeUser(store.current().db, { role: 'operator' })
    ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
    setAgents([ipsecAgent])
    setAgentProbes([ipsecAgent.probe])
    setGuardTimes({ slackS, marginS: 5, betweenLoginsS: 0 })
    await Promise.all(names.map((name) => shell(name, FORGET_MESH_AND_KEY)))
  })
  afterEach(async () => {
    await changesSettled()
    await sshPool().close()
  })
  return {
    ctx: () => ctx,
    db: () => store.current().db,
    apply: async (hosts, desired) => applied(ctx, await planned(ctx, hosts, desired)),
  }
}
