import { Note } from '@/components/show/finding'

/** New recovery codes, shown this once, to be kept as text. */
export function RecoveryCodes({ codes, title }: { codes: readonly string[]; title: string }) {
  const text = `Recovery codes for Pollux. Each signs in once in place of a code of the app.\n\n${codes.join('\n')}\n`
  return (
    <Note status="ok" title={title} live>
      <p>
        Each of these recovery codes signs in once, in place of a code of your app. They are shown this once: keep them
        where you find them without your phone.
      </p>
      <ul className="mono mt-3" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className="mt-3">
        <a
          className="link"
          download="pollux-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        >
          Download them as text
        </a>
      </p>
    </Note>
  )
}
