'use client'

import dynamic from 'next/dynamic'
import { Opened } from '@/components/form/opened'
import type { WindowsFormProps } from './windows-form'

const WindowsForm = dynamic(() => import('./windows-form'), { ssr: false })

/** The maintenance windows of a host, behind how many there are. */
export function WindowsSection({ host }: WindowsFormProps) {
  const count = host.windows.length
  const title = count === 0 ? 'None yet: add one' : `${count} ${count === 1 ? 'window' : 'windows'}: look and change`
  return <Opened title={title}>{() => <WindowsForm host={host} />}</Opened>
}
