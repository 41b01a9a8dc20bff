'use client'

import './globals.css'

/**
 * The last net: a page in front of the door, or the frame itself, could not be drawn. So this stands alone. Every page loads it
 * beside its own scripts, and what it imports a second time.
 */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Not shown · Pollux</title>
        <main className="door">
          <div className="door-page">
            <h1>Pollux could not draw this page</h1>
            <p className="mb-5 text-text-2">
              No host was touched by it, and changes that run go on.{' '}
              {error.digest ? (
                <>
                  The log tells why under <span className="mono">{error.digest}</span>.
                </>
              ) : (
                'The browser’s console tells why.'
              )}
            </p>
            <button type="button" className="btn btn-primary" onClick={() => window.location.reload()}>
              Load the page again
            </button>
          </div>
        </main>
      </body>
    </html>
  )
}
