import { buttonLook } from '@/components/base/button-look'
import { DoorPage } from '@/components/frame/door-page'

export const metadata = { title: 'Not found' }

/**
 * For addresses that no page has, with or without a session: it tells nothing about what there is. Every page loads its scripts
 * beside its own, so it has none: a plain link.
 */
export default function NotFound() {
  return (
    <DoorPage>
      <h1>There is nothing at this address</h1>
      <p className="mb-5 text-text-2">It may not be complete, or belong to another version.</p>
      <a className={buttonLook()} href="/">
        Go to Home
      </a>
    </DoorPage>
  )
}
