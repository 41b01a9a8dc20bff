'use client'

import { Button } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { PageHead } from '@/components/frame/page-head'

/** What Next hands to a page that stands in a failed one's place. The message stays on the server; the digest finds it in the log. */
export interface Fault {
  error: Error & { digest?: string }
  /** Asks the server for the page again. */
  retry: () => void
}

/** In the place of a page that could not be made. */
export function PageFault({ error, retry }: Fault) {
  return (
    <>
      <PageHead
        title="This page could not be shown"
        actions={<Button onClick={() => retry()}>Load this page again</Button>}
      >
        Nothing was changed by that.{' '}
        {error.digest ? (
          <>
            The log of Pollux tells more under <span className="mono">{error.digest}</span>.
          </>
        ) : (
          'It failed in this browser; loading it again most often helps.'
        )}
      </PageHead>
      <p>
        <LinkText href="/">Go to Home</LinkText>
      </p>
    </>
  )
}
