import Form from 'next/form'
import { Button, ButtonLink } from '@/components/base/button'
import { SendOnChange } from '@/components/table/send-on-change'
import { hrefWith, type Params } from '@/components/table/sort'
import type { ShownPart } from './shown-host'

interface Props {
  part: ShownPart
  path: string
  params: Params
}

/** Of a large change: whose steps, files and proofs stand below; nothing where all of them do. */
export function HostOfPlan({ part, path, params }: Props) {
  const { hostId, choices } = part
  if (hostId === null) return null
  const at = choices.findIndex((choice) => choice.hostId === hostId)
  const to = (step: number) => choices[at + step]?.hostId
  const link = (host: string | undefined, words: string) =>
    host ? <ButtonLink href={hrefWith(path, { ...params, host })}>{words}</ButtonLink> : null
  return (
    <Form action={path} className="filters" aria-label="Host that is shown" scroll={false}>
      {typeof params['diff'] === 'string' ? <input type="hidden" name="diff" value={params['diff']} /> : null}
      <label>
        What follows is the part of{' '}
        <select className="input" name="host" defaultValue={hostId}>
          {choices.map(({ hostId: id, name, words }) => (
            <option key={id} value={id}>
              {name} ({words})
            </option>
          ))}
        </select>
      </label>
      <SendOnChange values={{ host: hostId }} />
      <noscript>
        <Button type="submit">Show it</Button>
      </noscript>
      <span className="filters-right">
        {link(to(-1), 'Host before')}
        {link(to(1), 'Next host')}
      </span>
    </Form>
  )
}
