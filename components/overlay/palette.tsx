'use client'

import { Command } from 'cmdk'
import {
  Archive,
  GitCommitHorizontal,
  HardDrive,
  ListChecks,
  Monitor,
  Play,
  Server,
  SquareArrowOutUpRight,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { HostText } from '../base/host-text'
import { useOfferedPages } from '../frame/offered-pages'
import type { FramePage } from '../frame/pages'
import { offeredItems, type PaletteItem, readPaletteItems } from './palette-items'
import { useSearch } from './use-search'

function pageItem(page: FramePage): PaletteItem {
  return {
    id: `page ${page.id}`,
    group: 'go',
    kind: 'page',
    label: page.label,
    hint: `G ${page.key.toUpperCase()}`,
    href: page.href,
  }
}

const icons = {
  ...{ page: SquareArrowOutUpRight, host: Server, wizard: ListChecks, change: GitCommitHorizontal, do: Play },
  ...{ volume: HardDrive, job: Archive, client: Monitor },
}

/** The palette itself: goes to pages, hosts, wizards and changes, and does what the open page offers. */
export default function Palette({
  open,
  onOpenChange,
  itemsUrl,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  itemsUrl?: string
}) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  useEffect(() => {
    if (!open) setTyped('')
  }, [open])
  const { items, hasFailed } = useItems(open, itemsUrl)
  const search = useSearch(open ? typed : '', itemsUrl === undefined ? undefined : `${itemsUrl}/search`)
  const choose = (item: PaletteItem) => {
    onOpenChange(false)
    if (item.href) router.push(item.href)
    else void item.run?.()
  }
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="float dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="sr-only">Find or do</Dialog.Title>
          <Command label="Find or do" loop>
            <Command.Input
              placeholder="A host, a change, a volume, a job’s number"
              value={typed}
              onValueChange={setTyped}
              autoFocus
            />
            <Command.List>
              <Command.Empty className="palette-note">Nothing here has that name.</Command.Empty>
              <Group heading="Go to" items={items.filter((item) => item.group === 'go')} onChoose={choose} />
              <Group heading="Do" items={items.filter((item) => item.group === 'do')} onChoose={choose} />
              <Group heading="In backups" items={search.items} onChoose={choose} />
            </Command.List>
          </Command>
          {search.silent.length > 0 ? (
            <p className="palette-note">
              <HostText text={`Not searched, for it did not answer: ${search.silent.join(', ')}.`} max={200} />
            </p>
          ) : null}
          {hasFailed ? (
            <p className="palette-note">Hosts and changes could not be listed just now; pages are here.</p>
          ) : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({
  heading,
  items,
  onChoose,
}: {
  heading: string
  items: readonly PaletteItem[]
  onChoose: (item: PaletteItem) => void
}) {
  if (items.length === 0) return null
  return (
    <Command.Group heading={heading}>
      {items.map((item) => {
        const Icon = icons[item.kind]
        return (
          <Command.Item
            key={item.id}
            value={item.id}
            keywords={[item.label, item.hint ?? '']}
            onSelect={() => onChoose(item)}
          >
            <Icon className="ic" />
            <span className="palette-label">
              <HostText text={item.label} max={200} />
            </span>
            {item.hint ? <span className="palette-hint">{item.hint}</span> : null}
          </Command.Item>
        )
      })}
    </Command.Group>
  )
}

/** The items: asked anew at each opening, the last good ones stay meanwhile. */
function useItems(open: boolean, itemsUrl: string | undefined) {
  const pages = useOfferedPages()
  const [listed, setListed] = useState<readonly PaletteItem[]>([])
  const [hasFailed, setHasFailed] = useState(false)
  useEffect(() => {
    if (!open || !itemsUrl) return
    const stop = new AbortController()
    fetch(itemsUrl, { signal: stop.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`expected 200, got ${answer.status}`))))
      .then((answer: unknown) => {
        setListed(readPaletteItems(answer))
        setHasFailed(false)
      })
      .catch(() => {
        if (!stop.signal.aborted) setHasFailed(true)
      })
    return () => stop.abort()
  }, [open, itemsUrl])
  return { items: [...offeredItems(), ...pages.map(pageItem), ...listed], hasFailed }
}
