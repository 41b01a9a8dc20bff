import type { Ctx } from '@/lib/auth/actor'
import { AppError } from '@/lib/errors'
import { askDirector } from './ask-director'
import { parseNames } from './console-names'
import { directorOf } from './live/watch-running'

/** The names that a director's forms offer, in its own order. */
export interface DirectorLists {
  jobs: string[]
  clients: string[]
  fileSets: string[]
  pools: string[]
  storages: string[]
}

/** The director's own lists, in one conversation. Throws as `askDirector` does, and `conflict` without a director's host. */
export async function directorLists(ctx: Ctx, catalogId: string): Promise<DirectorLists> {
  const { name, hostId, consoleConfig } = await directorOf(ctx, catalogId)
  if (hostId === null)
    throw new AppError('conflict', `expected the director's host of ${name}, got none`, {
      userMessage: 'Pollux does not know on which host this catalog’s director runs.',
    })
  const lines = ['.jobs', '.clients', '.filesets', '.pools', '.storage']
  const { answers } = await askDirector(hostId, lines, { consoleConfig })
  const [jobs = [], clients = [], fileSets = [], pools = [], storages = []] = answers.map((answer) =>
    parseNames(answer ?? ''),
  )
  return { jobs, clients, fileSets, pools, storages }
}
