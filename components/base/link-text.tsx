import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link in a line of text. */
export function LinkText({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link className={clsx('link', className)} {...rest} />
}
