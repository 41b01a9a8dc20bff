import { ButtonLink } from '@/components/base/button'
import { hrefWith, type Params } from '@/components/table/sort'

/** The page that an address asks for; the first for what is none. */
export function pageOf(params: Params, name = 'page'): number {
  const page = Number(params[name] ?? 1)
  return Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1
}

/** Where in a long list one is, and the pages beside it. `what` names the rows: "jobs". */
export function Pages({
  path,
  params,
  page,
  rows,
  pageSize,
  what,
  name = 'page',
}: {
  path: string
  params: Params
  page: number
  /** All rows of the filter. */
  rows: number
  pageSize: number
  what: string
  name?: string
}) {
  const last = Math.max(1, Math.ceil(rows / pageSize))
  if (last === 1 && page === 1) return null
  const href = (to: number) => hrefWith(path, { ...params, [name]: to === 1 ? undefined : String(to) })
  const first = (page - 1) * pageSize + 1
  return (
    <nav className="mt-4 flex flex-wrap items-center gap-3" aria-label={`Pages of ${what}`}>
      {page > 1 ? (
        <ButtonLink href={href(Math.min(page - 1, last))} prefetch={false}>
          Previous page
        </ButtonLink>
      ) : null}
      {page < last ? (
        <ButtonLink href={href(page + 1)} prefetch={false}>
          Next page
        </ButtonLink>
      ) : null}
      <span className="text-text-2">
        {page > last
          ? `Page ${page.toLocaleString('en')} is behind the last, ${last.toLocaleString('en')}.`
          : `${first.toLocaleString('en')} to ${Math.min(rows, page * pageSize).toLocaleString('en')} of ${rows.toLocaleString('en')}`}
      </span>
    </nav>
  )
}
