'use client'

import { ChevronDown } from 'lucide-react'
import { ButtonLink } from '@/components/base/button'
import { Menu } from '@/components/overlay/menu'

/** What can be asked of the director beside what stands at a job. */
export function DoMenu({ href }: { href: string }) {
  const to = (what: string) => `${href}?what=${what}`
  return (
    <>
      <Menu
        sm
        label="Ask something else of the director"
        items={[
          { id: 'label', label: 'Label a volume', href: to('label') },
          { id: 'storage', label: 'Mount, unmount or release', href: to('storage') },
          { id: 'enable', label: 'Enable or disable a job', href: to('enable') },
          { id: 'status', label: 'Change a volume’s status', href: to('status') },
          { id: 'prune', label: 'Prune volumes', href: to('prune') },
          { id: 'console', label: 'Console for Pollux', href: to('console'), apart: true },
        ]}
      >
        More <ChevronDown className="ic" />
      </Menu>
      <ButtonLink sm kind="primary" href={to('run')}>
        Run a job
      </ButtonLink>
    </>
  )
}
