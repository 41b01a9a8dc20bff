import type { MysqlFacts } from '@/agents/mysql'
import { conversionOf, offeredTables } from '@/agents/mysql/view'
import { ButtonLink } from '@/components/base/button'
import { SectionHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { askProbe } from '@/lib/changes/read-agent-facts'
import { ConvertForm } from './convert-form'

/** Asks one server for its tables of MyISAM's, and offers those that InnoDB can take. */
export async function ConvertStep({
  ctx,
  host,
  facts,
  server,
  kept,
}: {
  ctx: Ctx
  host: { id: string; name: string }
  facts: MysqlFacts
  server: { key: string; label: string }
  kept: readonly { schema: string; name: string }[]
}) {
  const { probe, whyNot, freeBytes } = conversionOf({ hostId: host.id, name: host.name, facts }, server.key)
  const { found, problem } = await askProbe(ctx, host.id, probe)
  const tables = offeredTables(found ?? [])
  const first = tables.filter(({ obstacles }) => obstacles.length === 0).filter((table) => isAmong(kept, table))
  return (
    <section aria-label="Convert MyISAM tables">
      <SectionHead
        title="MyISAM tables"
        note={`${server.label} in ${server.key}`}
        right={
          <ButtonLink sm href={serverAddress(host.id, server.key)}>
            Tune its memory
          </ButtonLink>
        }
      />
      <p className="mb-4 text-text-2">
        Each is locked, copied, compared by its rows and its checksum, and replaced by the copy in one step. The old
        tables are dropped when all new ones stand; until then they are what an undo gives back.
      </p>
      {whyNot.map((sentence) => (
        <div className="mb-3" key={sentence}>
          <Note status="bad" title="Nothing can be converted here">
            {sentence}
          </Note>
        </div>
      ))}
      {problem !== null ? (
        <Note status="unknown" title="The tables were not read">
          {problem}
        </Note>
      ) : null}
      {found?.length === 0 ? (
        <EmptyState title="No table of MyISAM is left">All tables of this server are of other engines.</EmptyState>
      ) : null}
      {whyNot.length === 0 && tables.length > 0 ? (
        <ConvertForm
          host={host}
          server={server.key}
          tables={tables}
          freeBytes={freeBytes}
          first={first.map(({ schema, name }) => `${schema}\n${name}`)}
        />
      ) : null}
    </section>
  )
}

/** Where the tables of a server are offered. */
export function convertAddress(hostId: string, key: string): string {
  return `${serverAddress(hostId, key)}&work=convert`
}

function serverAddress(hostId: string, key: string): string {
  return `/wizards/mysql?hosts=${encodeURIComponent(hostId)}&server=${encodeURIComponent(key)}`
}

function isAmong(kept: readonly { schema: string; name: string }[], table: { schema: string; name: string }): boolean {
  return kept.some(({ schema, name }) => schema === table.schema && name === table.name)
}
