import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { parseDf } from './file-systems'
import { clip, found, missing, textOf, whyNot } from './found'

export const sharesSchema = z.array(
  z.object({
    mount: z.string(),
    source: z.string(),
    totalBytes: z.number(),
    usedBytes: z.number(),
    availableBytes: z.number(),
  }),
)
export type Share = z.infer<typeof sharesSchema>[number]

/** Network file systems, in a part of their own: a server that is gone makes df hang, and costs no more than this. */
export const sharesProbe = defineProbe({
  id: 'shares',
  timeoutS: 8,
  readings: {
    blocks: {
      kind: 'command',
      argv: [
        'df',
        '-P',
        '-k',
        '-t',
        'nfs',
        '-t',
        'nfs4',
        '-t',
        'cifs',
        '-t',
        'smb3',
        '-t',
        'ceph',
        '-t',
        'fuse.sshfs',
        '-t',
        '9p',
      ],
    },
  },
  parse: parseShares,
})

export function parseShares(raw: RawReadings<'blocks'>): Found<Share[]> {
  const text = textOf(raw.blocks)
  if (text === null) return whyNot(raw.blocks)
  // busybox's df knows no -t and prints its usage instead; GNU's says so when there is none of these types.
  if (text.trim() === '' && raw.blocks.state === 'read' && raw.blocks.kind === 'text' && raw.blocks.exitCode > 1) {
    return missing('failed', 'df could not tell about network file systems')
  }
  return found(
    parseDf(text).map(({ mount, source, total, used, available }) => ({
      mount: clip(mount, 512),
      source: clip(source, 512),
      totalBytes: total * 1024,
      usedBytes: used * 1024,
      availableBytes: available * 1024,
    })),
  )
}
