'use client'

import { HostText } from '@/components/base/host-text'
import { SubmitButton } from '@/components/base/submit-button'
import { AskFirst } from '@/components/overlay/ask-first'
import { Note } from '@/components/show/finding'
import type { ShownFootprint } from '@/lib/changes/read-footprint'
import { HostLockNote } from '../../host-lock'
import { useFootprint } from '../../use-footprint'

/** What Pollux left on the host: its changes with their way back, the lock, what runs at boot; an admin removes it. */
export function OnTheHost({ host, isAdmin }: { host: { id: string; name: string }; isAdmin: boolean }) {
  const { found, problem, isPending, look, breakLock, removeAll } = useFootprint(host.id)
  return (
    <div className="grid gap-4">
      <form action={look}>
        <SubmitButton pending={isPending} pendingText={`Looking at ${host.name}`}>
          {found ? 'Look again' : `Look what lies on ${host.name}`}
        </SubmitButton>
      </form>
      {problem ? (
        <Note status="bad" title={`${host.name} could not be asked`} live>
          {problem}
        </Note>
      ) : null}
      {found && isEmpty(found) ? (
        <Note status="ok" title={`Nothing of Pollux lies on ${host.name}`} live>
          No change, no lock, nothing that runs at boot.
        </Note>
      ) : null}
      {found && !isEmpty(found) ? (
        <>
          <HostLockNote name={host.name} found={found} mayBreak={isAdmin} breakLock={breakLock} />
          <Folders found={found} />
          <Files title="Runs at boot, to take back what a reboot cuts short" paths={found.boot} />
          <Files title="Staged beside managed files" paths={found.staged} />
          {isAdmin ? (
            <div>
              <AskFirst
                trigger="Remove Pollux’s files"
                title={`Remove Pollux’s files from ${host.name}?`}
                confirm={`Remove them from ${host.name}`}
                keep="Keep them"
                action={removeAll}
              >
                {found.folders.length > 0
                  ? `${found.folders.length === 1 ? 'Its change' : `Its ${found.folders.length} changes`} can then no longer be undone there by hand (sh …/undo). `
                  : ''}
                What changes wrote stays, and Revert still works where all stands as it was left.
              </AskFirst>
            </div>
          ) : null}
        </>
      ) : null}
    </div>
  )
}

function isEmpty({ roots, lock, folders, boot, staged }: ShownFootprint): boolean {
  return roots.length + folders.length + boot.length + staged.length === 0 && lock === null
}

function Folders({ found }: { found: ShownFootprint }) {
  if (found.folders.length === 0) return null
  return (
    <div className="table-wrap">
      <table className="data-table blocks" aria-label="Changes on the host">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">State there</th>
            <th scope="col">Folder</th>
            <th scope="col" className="num">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {found.folders.map((folder) => (
            <tr key={`${folder.root}/${folder.name}`}>
              <th scope="row">
                <HostText text={folder.title || folder.name} max={200} />
              </th>
              <td>
                {folder.outcome ? (
                  <HostText text={folder.outcome.replaceAll('-', ' ')} max={40} />
                ) : (
                  stateWords[folder.state]
                )}
              </td>
              <td className="mono line">
                <HostText text={`${folder.root}/changes/${folder.name}`} max={200} />
              </td>
              <td className="num">{folder.kib} KiB</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const stateWords: Readonly<Record<ShownFootprint['folders'][number]['state'], string>> = {
  ended: 'ended',
  armed: 'under way',
  confirmed: 'under way, confirmed',
  reverting: 'is being taken back',
  uploaded: 'brought, never started',
  uploading: 'is being brought',
  gone: 'gone',
  'no-owner': 'not known',
}

function Files({ title, paths }: { title: string; paths: readonly string[] }) {
  if (paths.length === 0) return null
  return (
    <div>
      <h3 className="text-12 text-text-3">{title}</h3>
      <ul>
        {paths.map((path) => (
          <li key={path} className="mono break-all">
            <HostText text={path} max={300} />
          </li>
        ))}
      </ul>
    </div>
  )
}
