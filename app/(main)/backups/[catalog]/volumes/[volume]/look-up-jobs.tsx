'use client'

import { useEffect, useRef, useState } from 'react'
import { Button, ButtonLink } from '@/components/base/button'
import { Mark, StatusMark } from '@/components/base/status-mark'
import { hrefWith } from '@/components/table/sort'
import { readVolumeJobs, type VolumeJobs } from '@/lib/catalog/volumes/volume-jobs'
import { JobsOnVolume } from './jobs-on-volume'

type Look =
  | { state: 'none' | 'looking' | 'stopped' }
  | { state: 'failed'; why: string }
  | { state: 'found'; jobs: VolumeJobs }

/**
 * Looks the jobs on a volume up, and stops when it is told to or left: the question ends in the database too. Without a script
 * it is a link to the page with the jobs.
 */
export function LookUpJobs({
  catalogId,
  zone,
  mediaId,
  path,
}: {
  catalogId: string
  zone: string
  mediaId: number
  path: string
}) {
  const [look, setLook] = useState<Look>({ state: 'none' })
  const going = useRef<AbortController | null>(null)
  useEffect(() => () => going.current?.abort(), [])
  const begin = async () => {
    const stop = new AbortController()
    going.current = stop
    setLook({ state: 'looking' })
    const found = await lookUp(`/api/backups/${encodeURIComponent(catalogId)}/volumes/${mediaId}/jobs`, stop.signal)
    setLook(found)
  }
  const shown = { jobs: 'shown' }
  if (look.state === 'found')
    return <JobsOnVolume catalogId={catalogId} zone={zone} jobs={look.jobs} page={1} path={path} params={shown} />
  return (
    <div className="flex flex-wrap items-center gap-3" aria-live="polite">
      {look.state === 'looking' ? (
        <>
          <StatusMark status="running">Looking through the catalog</StatusMark>
          <Button onClick={() => going.current?.abort()}>Stop looking</Button>
        </>
      ) : (
        <>
          <ButtonLink
            href={hrefWith(path, shown)}
            prefetch={false}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              void begin()
            }}
          >
            Look up the jobs
          </ButtonLink>
          {look.state === 'failed' ? (
            <span>
              <Mark status="bad" /> {look.why}
            </span>
          ) : (
            <span className="text-text-3">
              {look.state === 'stopped' ? 'Stopped; nothing was read.' : 'In a large catalog it takes some seconds.'}
            </span>
          )}
        </>
      )}
    </div>
  )
}

async function lookUp(url: string, signal: AbortSignal): Promise<Look> {
  try {
    const answer = await fetch(url, { signal })
    const body: unknown = await answer.json()
    return answer.ok ? { state: 'found', jobs: readVolumeJobs(body) } : { state: 'failed', why: whyOf(body) }
  } catch {
    if (signal.aborted) return { state: 'stopped' }
    return { state: 'failed', why: 'Pollux did not answer. Look whether it is still running, and try again.' }
  }
}

function whyOf(body: unknown): string {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  const told = typeof error === 'object' && error !== null && 'message' in error ? error.message : null
  return typeof told === 'string' ? told : 'The jobs could not be read.'
}
