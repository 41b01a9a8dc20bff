/** What a list is ordered by. In an address: `sort=name`, `sort=-load` for the largest first. */
export interface Sort<Id extends string = string> {
  by: Id
  descending: boolean
}

/** Query parameters as a page gets them. */
export type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Reads `sort` from the address. Anything that is not one of `allowed` gives `otherwise`. */
export function readSort<Id extends string>(params: Params, allowed: readonly Id[], otherwise: Sort<Id>): Sort<Id> {
  const value = params.sort
  if (typeof value !== 'string') return otherwise
  const descending = value.startsWith('-')
  const by = allowed.find((id) => id === (descending ? value.slice(1) : value))
  return by === undefined ? otherwise : { by, descending }
}

/**
 * The address of a heading: a second press turns the order round; numbers begin with the largest.
 * Every other parameter stays, but the page number goes, because the rows move.
 */
export function sortHref(path: string, params: Params, now: Sort | undefined, by: string, isNumber: boolean): string {
  const descending = now?.by === by ? !now.descending : isNumber
  return hrefWith(path, { ...params, page: undefined, sort: `${descending ? '-' : ''}${by}` })
}

/** A path with these query parameters; empty and missing ones are left out. */
export function hrefWith(path: string, params: Params): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      if (one !== '') query.append(name, one)
    }
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
