'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { StatusMark } from '@/components/base/status-mark'
import { SubmitButton } from '@/components/base/submit-button'
import { SectionHead } from '@/components/frame/page-head'
import { ConnectionTest } from '../../connection-test'
import type { ShownKey } from '../../key-table'
import { readAgain } from '../read-again'
import { InstallKey, type ShownCredential } from './install-key'
import { KeyStep } from './key-step'

export interface ContactHost {
  id: string
  name: string
  version: number
  login: string
  credential: ShownCredential | null
}

/** The three steps after a host was added, one below the other; each opens when the one before is done. */
export function FirstContact({
  host,
  keyState,
  keys,
  isLegacyOnly,
}: {
  host: ContactHost
  keyState: 'none' | 'confirmed' | 'changed'
  keys: readonly ShownKey[]
  isLegacyOnly: boolean
}) {
  const router = useRouter()
  const [isEntered, setIsEntered] = useState(false)
  const read = async () => {
    await readAgain(host.id)
    router.push(`/hosts/${host.id}`)
  }
  const isConfirmed = keyState === 'confirmed'
  return (
    <>
      <SectionHead
        title="1. Its key"
        ruled
        right={isConfirmed ? <StatusMark status="ok">confirmed</StatusMark> : null}
      />
      <KeyStep
        host={host}
        keyState={keyState}
        keys={keys}
        isLegacyOnly={isLegacyOnly}
        onConfirmed={() => router.refresh()}
      />
      <SectionHead title="2. The login" ruled />
      {isConfirmed ? (
        <InstallKey login={host.login} name={host.name} credential={host.credential} />
      ) : (
        <p className="mb-6 text-text-3">It goes out after the key was confirmed.</p>
      )}
      <SectionHead
        title="3. The connection"
        ruled
        right={isEntered ? <StatusMark status="ok">works</StatusMark> : null}
      />
      {isConfirmed ? (
        <>
          <ConnectionTest host={host} mayEdit primary={!isEntered} onEnd={setIsEntered} />
          {isEntered ? (
            <form action={read}>
              <SubmitButton kind="primary" pendingText={`Reading ${host.name}`}>
                Read {host.name}
              </SubmitButton>
            </form>
          ) : null}
        </>
      ) : (
        <p className="text-text-3">It is tried after the key was confirmed.</p>
      )}
    </>
  )
}
