'use client'

import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { Note } from '@/components/show/finding'
import { toldSentence } from '@/lib/errors/told-on-page'
import { TryAgain } from './try-again'

/** A page of a catalog could not be made: the sentence that the error tells a person, or the id that finds it in the log. */
export default function CatalogError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const sentence = toldSentence(error.digest)
  return (
    <>
      <div className="my-4">
        {sentence ? (
          <Note status="bad" title="The catalog did not answer" live>
            <HostText text={sentence} max={800} />
          </Note>
        ) : (
          <Note status="bad" title="This page could not be shown" live>
            Nothing was changed by it.{' '}
            {error.digest ? `Pollux’s log tells why under ${error.digest}.` : 'The browser’s console tells why.'}
          </Note>
        )}
      </div>
      <div className="flex gap-3">
        <TryAgain reset={reset} />
        <ButtonLink href="/backups?all=1">All catalogs</ButtonLink>
      </div>
      <KeysBar keys={[{ keys: ['G', 'B'], does: 'backups' }]} />
    </>
  )
}
