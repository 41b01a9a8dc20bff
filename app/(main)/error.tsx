'use client'

import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { Button, ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'

/** A page could not be drawn. Nothing runs on a host because of it; the id finds the reason in the log. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter()
  const again = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return (
    <>
      <PageHead title="This page could not be shown">
        No host was touched by it, and changes that run go on. {error.digest ? 'Pollux’s log tells why under ' : ''}
        {error.digest ? <span className="mono">{error.digest}</span> : 'The browser’s console tells why'}.
      </PageHead>
      <div className="mt-4 flex gap-3">
        <Button kind="primary" onClick={again}>
          Load the page again
        </Button>
        <ButtonLink href="/">Go to Home</ButtonLink>
      </div>
      <KeysBar keys={[{ keys: ['G', 'O'], does: 'home' }]} />
    </>
  )
}
