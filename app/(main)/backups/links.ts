import { hrefWith } from '@/components/table/sort'
import type { JobSeverity } from '@/lib/catalog/rules'

/** A page of a catalog: `catalogHref(id)` its overview, `catalogHref(id, 'jobs', 42)` one job. */
export function catalogHref(catalogId: string, ...parts: readonly (string | number)[]): string {
  return ['/backups', catalogId, ...parts.map(String).map(encodeURIComponent)].join('/')
}

/** The list of jobs under a filter: how they ended, of which type, since when. */
export function jobsHref(
  catalogId: string,
  { status, type, since }: { status?: JobSeverity; type?: string; since?: string },
): string {
  return hrefWith(catalogHref(catalogId, 'jobs'), { type, status, since })
}

/** A table as a file, under the parameters of its page. */
export function exportHref(
  catalogId: string,
  table: string,
  format: 'csv' | 'json',
  params: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): string {
  return hrefWith(`/api/backups/${catalogId}/${table}`, { ...params, page: undefined, format })
}
