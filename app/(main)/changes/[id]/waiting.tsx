import { ExactTime } from '@/components/base/exact-time'
import { LinkText } from '@/components/base/link-text'
import { Note } from '@/components/show/finding'
import type { ChangeView } from '@/lib/changes/get-change'

/** While an approved change has not begun: what it waits for, and until when. */
export function Waiting({ change }: { change: ChangeView }) {
  if (change.state === 'queued')
    return (
      <div className="mb-5">
        <Note status="info" title="It waits for its turn" live>
          {change.waitsFor.map(({ changeId, hostNames }) => (
            <span key={changeId}>
              <LinkText href={`/changes/${changeId}`}>#{changeId}</LinkText> comes first on {hostNames.join(', ')}.{' '}
            </span>
          ))}
          It begins by itself, on the host as it is then. <Until change={change} />
        </Note>
      </div>
    )
  if (change.state !== 'scheduled' || !change.beginAt) return null
  return (
    <div className="mb-5">
      <Note status="info" title="It begins by itself" live>
        At <ExactTime at={change.beginAt.getTime()} />. <Until change={change} />
      </Note>
    </div>
  )
}

function Until({ change }: { change: ChangeView }) {
  if (!change.expiresAt) return null
  return (
    <>
      The approval holds until <ExactTime at={change.expiresAt.getTime()} />; later it does not begin at all.
    </>
  )
}
