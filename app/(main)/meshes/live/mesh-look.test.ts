import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { unpackPair } from '@/agents/ipsec/matrix/view'
import type { AgentWork } from '@/lib/changes/list-under-way'
import { makePoller } from '@/lib/stream/poller'
import { type MeshAsks, meshLook } from './mesh-look'
import { type MemberReading, type MeshSeen, nothingSeen } from './mesh-seen'
import { knownMember, someMesh, someReading } from './testing'

const labels = ['quince', 'medlar', 'umber']
let mesh = someMesh(labels)
let work: AgentWork
let asked: string[]
let answer: (label: string) => Promise<MemberReading>
let asks: MeshAsks

beforeEach(() => {
  vi.useFakeTimers()
  mesh = someMesh(labels)
  work = { underWay: [], lastEnded: 7 }
  asked = []
  answer = async (label) => someReading(mesh, label)
  asks = {
    work: async () => work,
    mesh: vi.fn(async () => mesh),
    known: vi.fn(async () => mesh.members.map(() => knownMember)),
    member: (of, place) => {
      const label = of.members[place]?.label ?? ''
      asked.push(label)
      return answer(label)
    },
  }
})
afterEach(() => vi.useRealTimers())

function watched() {
  const parts: MeshSeen[] = []
  const poller = makePoller({
    first: nothingSeen(mesh),
    pauseMs: () => 10_000,
    look: meshLook(asks),
    failed: (part, error) => ({ ...part, trouble: String(error) }),
  })
  const watch = () => poller.watch(() => parts.push(poller.part()))
  const verdicts = () => poller.part().pairs.map((code) => unpackPair(code).verdict)
  return { poller, parts, watch, verdicts }
}
const hang = () => new Promise<MemberReading>(() => {})

describe('a look at a mesh', () => {
  it('asks every member, and tells once all have answered', async () => {
    const { poller, parts, watch, verdicts } = watched()
    watch()
    await vi.advanceTimersByTimeAsync(10)
    expect(asked).toEqual(labels)
    expect(parts).toHaveLength(1)
    expect(verdicts()).toEqual(['fine', 'fine', 'fine'])
    expect(poller.part().at).not.toBeNull()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toHaveLength(6)
    expect(asks.mesh).toHaveBeenCalledTimes(1)
    expect(asks.known).toHaveBeenCalledTimes(1)
  })

  it('waits for no member that hangs, and asks it no second time meanwhile', async () => {
    answer = async (label) => (label === 'umber' ? hang() : someReading(mesh, label))
    const { watch, verdicts } = watched()
    watch()
    await vi.advanceTimersByTimeAsync(19_000)
    expect(verdicts()).toEqual([])
    await vi.advanceTimersByTimeAsync(1_001)
    expect(verdicts()).toEqual(['fine', 'unknown', 'unknown'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked.filter((label) => label === 'umber')).toHaveLength(1)
    expect(asked.filter((label) => label === 'quince').length).toBeGreaterThan(2)
  })

  it('tells what came meanwhile, from the second look on', async () => {
    const { parts, watch } = watched()
    watch()
    await vi.advanceTimersByTimeAsync(10)
    answer = (label) =>
      new Promise((resolve) => setTimeout(() => resolve(someReading(mesh, label)), label === 'quince' ? 2_000 : 8_000))
    await vi.advanceTimersByTimeAsync(12_500)
    expect(parts).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(7_500)
    expect(parts.length).toBeGreaterThan(2)
  })

  it('tells nothing old behind a pause', async () => {
    const { parts, watch, verdicts } = watched()
    const leave = watch()
    await vi.advanceTimersByTimeAsync(10)
    leave()
    await vi.advanceTimersByTimeAsync(600_000)
    const before = parts.length
    answer = (label) =>
      new Promise((resolve) => setTimeout(() => resolve(someReading(mesh, label)), label === 'quince' ? 2_000 : 4_000))
    watch()
    await vi.advanceTimersByTimeAsync(3_000)
    expect([parts.length, verdicts()]).toEqual([before, ['fine', 'fine', 'fine']])
    await vi.advanceTimersByTimeAsync(1_001)
    expect(parts.length).toBeGreaterThan(before)
    expect(verdicts()).toEqual(['fine', 'fine', 'fine'])
    expect(asks.known).toHaveBeenCalledTimes(2)
  })

  it('sees the mesh that another change made, and what is at work', async () => {
    const { poller, watch } = watched()
    watch()
    await vi.advanceTimersByTimeAsync(10)
    work = { underWay: [{ changeId: 8, hostIds: ['id-of-quince', 'id-of-medlar'] }], lastEnded: 7 }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(poller.part()).toMatchObject({ changeId: 7, work: [{ changeId: 8, members: [0, 1] }] })
    mesh = someMesh([...labels, 'sienna'], 8)
    work = { underWay: [], lastEnded: 8 }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(poller.part()).toMatchObject({ changeId: 8, work: [] })
    expect(poller.part().pairs).toHaveLength(6)
  })

  it('says that the mesh is gone, and what hinders a look', async () => {
    asks.mesh = async () => null
    const { poller, watch } = watched()
    watch()
    await vi.advanceTimersByTimeAsync(10)
    expect(poller.part()).toMatchObject({ changeId: 0, trouble: 'This mesh was removed.' })
    asks.work = async () => Promise.reject(new Error('no store'))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(poller.part().trouble).toBe('Error: no store')
  })

  it('asks soon again what a tunnel depends on where a member did not tell', async () => {
    const untold = { ...knownMember, end: null, problem: 'No route.' }
    asks.known = vi.fn(async () => [knownMember, untold, knownMember])
    const { watch, verdicts } = watched()
    watch()
    await vi.advanceTimersByTimeAsync(45_000)
    expect(asks.known).toHaveBeenCalledTimes(2)
    expect(verdicts()).toEqual(['unknown', 'fine', 'unknown'])
  })
})
