import type { MemberView, StandingMesh } from '@/agents/ipsec/view'
import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { Note } from '@/components/show/finding'
import { wizardAddress } from './address'

interface Unread {
  hostId: string
  name: string
  problem: string
}

/** Hosts that are in a mesh already, where a new one is asked for: a second one beside it is possible, and seldom meant. */
export function SharedMeshes({ meshes, chosen }: { meshes: readonly StandingMesh[]; chosen: ReadonlySet<string> }) {
  const shared = meshes.filter(({ members }) => members.some(({ hostId }) => chosen.has(hostId)))
  if (shared.length === 0) return null
  return (
    <div className="mb-4">
      <Note status="info" title="Some of these hosts are in a mesh already">
        What is planned here is a second one beside it. To change the one that stands:{' '}
        {shared.map(({ tag, name, members }, at) => (
          <span key={tag}>
            {at > 0 ? ', ' : ''}
            <LinkText href={wizardAddress([...new Set([...members.map(({ hostId }) => hostId), ...chosen])], tag)}>
              change mesh {name}
            </LinkText>
          </span>
        ))}
        .
      </Note>
    </div>
  )
}

/** Members who did not answer: a plan needs all of them. */
export function UnreadNote({
  hosts,
  chosen,
  tag,
}: {
  hosts: readonly Unread[]
  chosen: ReadonlySet<string>
  tag: string | null
}) {
  return hosts.map(({ hostId, name, problem }) => (
    <div className="mb-3" key={hostId}>
      <Note status="unknown" title={`${name} was not read`}>
        {problem} Without its facts nothing is planned for it.
        <Without hostId={hostId} name={name} chosen={chosen} tag={tag} />
      </Note>
    </div>
  ))
}

/** Members who leave and cannot be read: the others let go of them, and nothing is taken off them. */
export function GoneNote({
  labels,
  hosts,
  problems,
}: {
  labels: readonly string[]
  hosts: readonly string[]
  problems: readonly Unread[]
}) {
  if (labels.length === 0) return null
  const known = problems.filter(({ hostId }) => hosts.includes(hostId))
  return (
    <div className="mb-3">
      <Note status="warn" title={`${labels.join(', ')} cannot be read and will be left as it stands`}>
        The other members drop their part of it. What stands there itself stays until somebody takes it away by hand;
        its key opens nothing any more.
        {known.map(({ hostId, name, problem }) => (
          <div key={hostId}>
            {name}: {problem}
          </div>
        ))}
      </Note>
    </div>
  )
}

/** Hosts that cannot be members: the table says why, and here is the way on without them. */
export function UnableNote({
  views,
  chosen,
  tag,
}: {
  views: readonly MemberView[]
  chosen: ReadonlySet<string>
  tag: string | null
}) {
  const unable = views.filter(({ state }) => state === 'unable')
  if (unable.length === 0) return null
  const names = unable.map(({ name }) => name).join(', ')
  const others = [...chosen].filter((id) => !unable.some(({ hostId }) => hostId === id))
  return (
    <div className="mb-3">
      <Note status="bad" title={`${names} cannot be ${unable.length === 1 ? 'a member' : 'members'} as they are`}>
        The table says why, and what would be right.
        {others.length > 0 ? (
          <p className="mt-2">
            <ButtonLink sm href={wizardAddress(others, tag)}>
              Go on without {names}
            </ButtonLink>
          </p>
        ) : null}
      </Note>
    </div>
  )
}

function Without({
  hostId,
  name,
  chosen,
  tag,
}: {
  hostId: string
  name: string
  chosen: ReadonlySet<string>
  tag: string | null
}) {
  const others = [...chosen].filter((id) => id !== hostId)
  if (others.length === 0) return null
  return (
    <p className="mt-2">
      <ButtonLink sm href={wizardAddress(others, tag)}>
        Go on without {name}
      </ButtonLink>
    </p>
  )
}
