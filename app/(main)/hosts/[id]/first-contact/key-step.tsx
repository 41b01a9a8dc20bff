'use client'

import { useEffect, useRef, useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { Note } from '@/components/show/finding'
import { SkeletonTable } from '@/components/show/skeleton'
import { confirmHostKeyAction, scanHostKeyAction } from '../../actions'
import { KeyTable, type ShownKey } from '../../key-table'
import { LegacySuggestion } from '../../legacy-suggestion'
import type { ContactHost } from './first-contact'

/** Shows what the host offers and asks once whether it is the host's own. */
export function KeyStep({
  host,
  keyState,
  keys,
  isLegacyOnly,
  onConfirmed,
}: {
  host: ContactHost
  keyState: 'none' | 'confirmed' | 'changed'
  keys: readonly ShownKey[]
  isLegacyOnly: boolean
  onConfirmed: () => void
}) {
  const [isScanning, startScan] = useTransition()
  const [isConfirming, startConfirm] = useTransition()
  const [scanned, setScanned] = useState<readonly ShownKey[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const wasScanned = useRef(false)
  const offered = scanned ?? keys

  const scan = () =>
    startScan(async () => {
      const answer = await scanHostKeyAction({ hostId: host.id })
      setProblem(answer.ok ? null : answer.error.message)
      setScanned(answer.ok ? answer.data.offered : [])
      if (!answer.ok) onConfirmed()
    })
  const confirm = () =>
    startConfirm(async () => {
      const answer = await confirmHostKeyAction({
        hostId: host.id,
        fingerprints: offered.map((key) => key.fingerprint),
      })
      if (!answer.ok) return setProblem(answer.error.message)
      setProblem(null)
      onConfirmed()
    })
  // The first look needs no press; a reload shows what was found and looks no second time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it must run once, when the page opens; with its dependencies it would scan again whenever the server answers
  useEffect(() => {
    if (wasScanned.current || keyState !== 'none' || keys.length > 0) return
    wasScanned.current = true
    scan()
  }, [])

  if (keyState === 'confirmed')
    return (
      <div className="mb-6">
        <KeyTable label="Confirmed keys" keys={keys} />
      </div>
    )
  return (
    <div className="mb-6">
      {isScanning && offered.length === 0 && !problem ? <SkeletonTable rows={3} /> : null}
      {problem ? (
        <div className="mb-3 max-w-text">
          <Note status="bad" title={`${host.name} did not show its key`} live>
            {problem}
          </Note>
        </div>
      ) : null}
      {problem && isLegacyOnly ? (
        <div className="max-w-text">
          <LegacySuggestion host={host} mayEdit />
        </div>
      ) : null}
      {offered.length > 0 ? (
        <>
          <p className="mb-2 max-w-text">
            Run the commands at the host’s own console, or on a way to it that you trust, and compare every fingerprint.
            What is confirmed here is pinned: Pollux refuses any other key from then on.
          </p>
          <KeyTable label="Offered keys" keys={offered} />
        </>
      ) : null}
      <div className="mt-4 flex flex-wrap gap-2">
        {offered.length > 0 ? (
          <form action={confirm}>
            <SubmitButton kind="primary" pending={isConfirming} pendingText="Pinning">
              {offered.length === 1 ? 'It is the same: pin this key' : 'They are the same: pin these keys'}
            </SubmitButton>
          </form>
        ) : null}
        {isScanning && offered.length === 0 && !problem ? null : (
          <form action={scan}>
            <SubmitButton pending={isScanning} pendingText="Looking">
              Look again
            </SubmitButton>
          </form>
        )}
      </div>
    </div>
  )
}
