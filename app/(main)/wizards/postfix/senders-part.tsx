'use client'

import dynamic from 'next/dynamic'
import { Button } from '@/components/base/button'
import { Part, type PartProps } from './parts'

// Most mail servers have none.
const SenderRow = dynamic(() => import('./sender-row'), { ssr: false })

/** Senders that leave by an address and a name of their own. */
export function SendersPart(props: PartProps) {
  const { instance, wish, set } = props
  const nobody = { pattern: '', source4: '', source6: '', helo: '' }
  if (!instance.can.senders) return null
  return (
    <Part title="Senders of their own" note={wish.senders.length > 0 ? String(wish.senders.length) : undefined}>
      <p className="mb-3 text-text-2">Mail of these senders leaves by another address or name than the rest.</p>
      {wish.senders.map((sender, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be alike while they are typed
        <SenderRow key={at} at={at} sender={sender} {...props} />
      ))}
      <Button onClick={() => set({ senders: [...wish.senders, nobody] })}>Add a sender</Button>
    </Part>
  )
}
