import Form from 'next/form'
import type { ReactNode } from 'react'
import { Button } from '../base/button'
import { Choice } from './choice'
import { SendOnChange } from './send-on-change'
import type { Params } from './sort'

export interface FilterSelect {
  name: string
  /** For readers: "Kind". Also the first choice's words, as "Kind: any". */
  label: string
  options: readonly { value: string; label: string }[]
}

export interface FilterField {
  name: string
  label: string
  /** A date is sent as soon as it is whole; a text with Enter. */
  type: 'date' | 'search'
}

/**
 * A filter whose state lives in the address: a GET form that works without a script. Choosing sends it at once.
 * `params` are the page's own; those named in `keep` (the sort) stay. `/` puts the focus into the search.
 */
export function FilterBar({
  path,
  params,
  search,
  selects = [],
  fields: more = [],
  keep = ['sort'],
  right,
}: {
  path: string
  params: Params
  search?: { name: string; label: string }
  selects?: readonly FilterSelect[]
  /** Further fields behind the choices. */
  fields?: readonly FilterField[]
  keep?: readonly string[]
  right?: ReactNode
}) {
  const value = (name: string) => {
    const found = params[name]
    return typeof found === 'string' ? found : ''
  }
  const fields = [...(search ? [search.name] : []), ...[...selects, ...more].map((field) => field.name)]
  return (
    <Form action={path} className="filters" role="search" aria-label="Filter" scroll={false}>
      {keep.map((name) => (value(name) ? <input key={name} type="hidden" name={name} value={value(name)} /> : null))}
      {search ? (
        <input
          className="input filter-search"
          type="search"
          name={search.name}
          defaultValue={value(search.name)}
          placeholder={search.label}
          aria-label={search.label}
          aria-keyshortcuts="/"
          autoComplete="off"
          data-filter
        />
      ) : null}
      {selects.map((select) => (
        <Choice
          key={select.name}
          name={select.name}
          label={select.label}
          value={value(select.name)}
          options={select.options.map((option) => [option.value, option.label])}
        />
      ))}
      {more.map((field) =>
        field.type === 'date' ? (
          <label className="filter-date" key={field.name}>
            {field.label} <input className="input" type="date" name={field.name} defaultValue={value(field.name)} />
          </label>
        ) : (
          <input
            className="input"
            key={field.name}
            type="search"
            name={field.name}
            defaultValue={value(field.name)}
            placeholder={field.label}
            aria-label={field.label}
            autoComplete="off"
          />
        ),
      )}
      <SendOnChange values={Object.fromEntries(fields.map((name) => [name, value(name)]))} />
      <noscript>
        <Button type="submit">Filter the list</Button>
      </noscript>
      {right ? <div className="filters-right">{right}</div> : null}
    </Form>
  )
}
