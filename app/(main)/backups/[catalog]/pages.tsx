import { ButtonLink } from '@/components/base/button'
import { hrefWith, type Params } from '@/components/table/sort'

/** The page's number in an address, from 1 on; what is no number is the first. */
export function readPage(params: Params): number {
  const page = Number(params['page'])
  return Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1
}

/** Which part of the rows is shown, and the way to the parts beside it. Nothing where all rows are shown. */
export function Pages({
  page,
  total,
  size,
  path,
  params,
}: {
  page: number
  total: number
  size: number
  path: string
  params: Params
}) {
  const last = Math.max(1, Math.ceil(total / size))
  if (last === 1 && page === 1) return null
  const href = (to: number) => hrefWith(path, { ...params, page: to === 1 ? undefined : String(to) })
  return (
    <nav className="mt-4 flex items-center gap-3" aria-label="Pages">
      {page > 1 ? <ButtonLink href={href(Math.min(page - 1, last))}>Rows before</ButtonLink> : null}
      {page < last ? <ButtonLink href={href(page + 1)}>Rows after</ButtonLink> : null}
      <span className="text-text-2">
        Page {page.toLocaleString('en')} of {last.toLocaleString('en')}
      </span>
    </nav>
  )
}
