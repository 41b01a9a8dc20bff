'use client'

import dynamic from 'next/dynamic'
import { Opened } from '@/components/form/opened'
import type { ApproveFormProps } from './approve-form'

const ApproveForm = dynamic(() => import('./approve-form'), { ssr: false })

/** The form for approving at another time, or with one host first. */
export function ApproveLater({ title, ...form }: ApproveFormProps & { title: string }) {
  return <Opened title={title}>{() => <ApproveForm {...form} />}</Opened>
}
