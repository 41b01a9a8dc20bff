import { exportHref } from './links'

/** The table above or beside it as a file. `what` names it for readers: "days as CSV". Plain links: a file is no page. */
export function ExportLinks({
  catalogId,
  table,
  what,
  params,
}: {
  catalogId: string
  table: string
  what: string
  params?: Parameters<typeof exportHref>[3]
}) {
  return (
    <span className="nowrap">
      <a className="link" href={exportHref(catalogId, table, 'csv', params)} download>
        CSV<span className="sr-only">: {what}</span>
      </a>
      {', '}
      <a className="link" href={exportHref(catalogId, table, 'json', params)} download>
        JSON<span className="sr-only">: {what}</span>
      </a>
    </span>
  )
}
