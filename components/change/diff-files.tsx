import Link from 'next/link'
import type { ReactNode } from 'react'
import { HostText } from '../base/host-text'
import { revealText } from '../base/reveal'
import { DiffCount } from './diff'

export interface DiffFileLink {
  id: string
  name: string
  href: string
  added: number
  removed: number
}

/** Many files of several hosts: their list at the left, the chosen one's lines (`children`, from `DiffUnified`) beside it. */
export function DiffFiles({
  hosts,
  current,
  children,
}: {
  hosts: readonly { name: string; files: readonly DiffFileLink[] }[]
  current: string
  children: ReactNode
}) {
  return (
    <div className="diff-files">
      <nav className="frame diff-list" aria-label="Files">
        {hosts.map((host) => (
          <section key={host.name} aria-label={host.name}>
            <div className="label">{host.name}</div>
            {host.files.map((file) => (
              <Link key={file.id} href={file.href} scroll={false} aria-current={file.id === current || undefined}>
                <span className="mono diff-name" title={revealText(file.name)}>
                  <HostText text={file.name} />
                </span>
                <DiffCount diff={file} />
              </Link>
            ))}
          </section>
        ))}
      </nav>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
