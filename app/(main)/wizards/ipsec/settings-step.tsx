import { ipsecFacts } from '@/agents/ipsec'
import { suggestPrefix } from '@/agents/ipsec/mesh/address-plan'
import { type MemberView, memberView, type StandingMesh } from '@/agents/ipsec/view'
import type { Ctx } from '@/lib/auth/actor'
import { listCandidates } from '@/lib/changes/list-candidates'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { queryOf } from './address'
import { CleanPart } from './clean-part'
import { FactsTable } from './facts-table'
import { NoSuchMesh } from './mesh-offers'
import { GoneNote, SharedMeshes, UnableNote, UnreadNote } from './notes'
import { RemovalForm } from './removal-form'
import { SettingsForm } from './settings-form'
import { readStanding } from './standing'
import type { Frame, Wish } from './wish'
import { wishDraft } from './wish-draft'

interface Host {
  id: string
  name: string
}

/** Reads the members and those who leave now, shows what they are, and asks how the mesh shall be. */
export async function SettingsStep({ ctx, hosts, tag }: { ctx: Ctx; hosts: readonly Host[]; tag: string | null }) {
  const meshes = await readStanding(ctx)
  const before = meshes.find((mesh) => mesh.tag === tag) ?? null
  const chosen = new Set(hosts.map(({ id }) => id))
  const going = (before?.members ?? []).filter(({ hostId }) => !chosen.has(hostId))
  const [{ views, unread, prefix }, draft] = await Promise.all([
    readMembers(ctx, [...chosen, ...going.map(({ hostId }) => hostId)]),
    draftFor(ctx, before),
  ])
  const members = views.filter(({ hostId }) => chosen.has(hostId))
  const leaving = views.filter(({ hostId }) => !chosen.has(hostId))
  const unreadMembers = unread.filter(({ hostId }) => chosen.has(hostId))
  const lost = going.filter(({ hostId }) => !views.some((view) => view.hostId === hostId))
  const frame: Frame = {
    hosts: members.map(({ hostId, name, outers, isOlder, others }) => ({ hostId, name, outers, isOlder, others })),
    before,
    leaving: leaving.map(({ hostId, name }) => ({ hostId, name })),
    takenTags: [...meshes.map((mesh) => mesh.tag), ...views.flatMap((view) => view.meshes)],
    suggestedPrefix: prefix,
  }
  return (
    <>
      {tag !== null && !before ? <NoSuchMesh tag={tag} /> : null}
      {before ? null : <SharedMeshes meshes={meshes} chosen={chosen} />}
      <UnreadNote hosts={unreadMembers} chosen={chosen} tag={tag} />
      <GoneNote labels={lost.map(({ label }) => label)} problems={unread} hosts={lost.map(({ hostId }) => hostId)} />
      <UnableNote views={members} chosen={chosen} tag={tag} />
      <FactsTable views={views} leaving={new Set(leaving.map(({ hostId }) => hostId))} />
      {chosen.size === 0 && before ? (
        <RemovalForm mesh={before} leaving={frame.leaving} />
      ) : members.length === 0 ? null : (
        <SettingsForm
          key={before?.tag ?? ''}
          frame={frame}
          draft={draft}
          back={queryOf([...chosen], tag)}
          toPrepare={members.filter(({ state }) => state === 'preparable').map(({ hostId }) => hostId)}
          ready={members.filter(({ state }) => state === 'ready').map(({ hostId }) => hostId)}
          unable={[...unreadMembers, ...members.filter(({ state }) => state === 'unable')].map(({ name }) => name)}
        />
      )}
      {before ? null : <CleanPart hosts={cleanable(views)} back={queryOf([...chosen], tag)} />}
    </>
  )
}

/** What was read of the hosts, who did not answer and why, and a net that none of them uses. */
async function readMembers(ctx: Ctx, hostIds: readonly string[]) {
  const [candidates, readings] = await Promise.all([listCandidates(ctx), readAgentFacts(ctx, 'ipsec', hostIds)])
  const readAtS = Date.now() / 1000
  const found = readings.map(({ hostId, name, facts, problem }) => {
    const parsed = ipsecFacts.safeParse(facts)
    return { hostId, name, facts: parsed.success ? parsed.data : null, problem }
  })
  const addressOf = (hostId: string) => candidates.find(({ id }) => id === hostId)?.address ?? ''
  const all = found.flatMap(({ hostId, name, facts }) => (facts ? [{ hostId, name, facts }] : []))
  return {
    views: all.map(({ hostId, name, facts }) =>
      memberView({ hostId, name, address: addressOf(hostId) }, facts, readAtS),
    ),
    unread: found
      .filter(({ facts }) => facts === null)
      .map(({ hostId, name, problem }) => ({
        hostId,
        name,
        problem: problem ?? 'What it answered could not be understood.',
      })),
    prefix: suggestPrefix(all.map(({ facts }) => facts)),
  }
}

/** The draft; what was typed before the mesh became what it is now is no wish for it any more. */
async function draftFor(ctx: Ctx, before: StandingMesh | null): Promise<Wish | null> {
  const draft = await findDraft(ctx, 'ipsec')
  const kept = wishDraft.safeParse(draft?.data)
  const isOld = before !== null && draft !== null && draft.keptAt.getTime() <= before.at
  return kept.success && !isOld ? kept.data : null
}

function cleanable(views: readonly MemberView[]): Host[] {
  return views.filter(({ canBeCleaned }) => canBeCleaned).map(({ hostId, name }) => ({ id: hostId, name }))
}
