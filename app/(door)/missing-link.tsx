import { Note } from '@/components/show/finding'

/** Shown where a one-time link lost what stands behind its #. */
export function MissingLink() {
  return (
    <Note status="info" title="The link is missing">
      Open the whole link as it was printed, with what stands behind the #. For the first admin,{' '}
      <span className="mono">npm run link</span> prints a new one on the machine.
    </Note>
  )
}
