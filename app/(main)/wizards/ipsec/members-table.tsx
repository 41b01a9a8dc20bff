import { memo, useId } from 'react'
import { FieldHelp, helpId } from '@/components/form/field'
import { SectionHead } from '@/components/frame/page-head'
import type { InnerPlan } from './inner-plan'
import { type FormHost, type Frame, innerOf, type MemberWish, standingOf, type Wish } from './wish'

export type OnChange = (hostId: string, part: Partial<MemberWish>) => void

/** Each member with its label and its two addresses; who leaves stands below. */
export function MembersTable({
  frame: { hosts, before, leaving },
  wish,
  planned,
  fields,
  onChange,
}: {
  frame: Frame
  wish: Wish
  planned: InnerPlan
  /** What is wrong, by field: "members.HOST.inner". */
  fields: Readonly<Record<string, string>>
  /** The same at each drawing, so that a row is drawn again for its own sake alone. */
  onChange: OnChange
}) {
  return (
    <section className="mb-6" aria-label="Members">
      <SectionHead title="Members" note={`${hosts.length}, each with a tunnel to each other`} />
      <FieldHelp id="members" error={fields['members']} />
      <div className="table-wrap">
        <table className="data-table blocks" aria-label="Members of the mesh">
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col">Label</th>
              <th scope="col">Outer address</th>
              <th scope="col">Inner address</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => {
              const member = wish.members[host.hostId]
              if (!member) return null
              const field = (key: string) => fields[`members.${host.hostId}.${key}`]
              return (
                <Member
                  key={host.hostId}
                  host={host}
                  label={member.label}
                  outer={member.outer}
                  inner={innerOf(planned, host.hostId, member)}
                  stands={standingOf(before, host.hostId) !== undefined}
                  isChange={before !== null}
                  hostError={field('hostId')}
                  labelError={field('label')}
                  outerError={field('outer')}
                  innerError={field('inner')}
                  onChange={onChange}
                />
              )
            })}
          </tbody>
        </table>
      </div>
      {leaving.length > 0 ? (
        <p className="mt-2 max-w-text text-text-2">
          {leaving.map(({ name }) => name).join(', ')} {leaving.length === 1 ? 'leaves' : 'leave'}: nothing of the mesh
          stays there but strongSwan and the host’s own key.
        </p>
      ) : null}
    </section>
  )
}

/** Drawn again only when something of its own changed: there may be many. */
const Member = memo(function Member({
  host: { hostId, name, outers },
  label,
  outer,
  inner,
  stands,
  isChange,
  hostError,
  labelError,
  outerError,
  innerError,
  onChange,
}: {
  host: FormHost
  label: string
  outer: string
  inner: string
  stands: boolean
  isChange: boolean
  hostError: string | undefined
  labelError: string | undefined
  outerError: string | undefined
  innerError: string | undefined
  onChange: OnChange
}) {
  const id = useId()
  return (
    <tr>
      <th scope="row" className="line">
        {name}
        {isChange ? <span className="text-text-3 text-12 font-normal"> {stands ? 'is a member' : 'joins'}</span> : null}
      </th>
      <td className="line">
        <Word>Label</Word>
        {stands ? (
          <span className="mono">{label}</span>
        ) : (
          <Cell
            label={`Label of ${name}`}
            size={9}
            value={label}
            error={labelError}
            onChange={(text) => onChange(hostId, { label: text })}
          />
        )}
        {hostError ? <FieldHelp id={`${id}-host`} error={hostError} /> : null}
      </td>
      <td className="line">
        <Word>Outer address</Word>
        <select
          className="input input-mono"
          aria-label={`Outer address of ${name}`}
          aria-invalid={outerError ? true : undefined}
          aria-describedby={helpId(`${id}-outer`)}
          value={outer}
          onChange={(event) => onChange(hostId, { outer: event.target.value })}
        >
          {outers.map(({ address, device }) => (
            <option key={`${device} ${address}`} value={address}>
              {address} on {device}
            </option>
          ))}
        </select>
        <FieldHelp id={`${id}-outer`} error={outerError} />
      </td>
      <td className="line">
        <Word>Inner address</Word>
        <Cell
          label={`Inner address of ${name}`}
          size={15}
          value={inner}
          error={innerError}
          onChange={(text) => onChange(hostId, { inner: text })}
          onEmpty={() => onChange(hostId, { inner: null })}
        />
      </td>
    </tr>
  )
})

/** What a field is, where the table's head is not shown; the field itself is named for readers. */
function Word({ children }: { children: string }) {
  return (
    <span className="block text-12 text-text-3 m:hidden" aria-hidden="true">
      {children}
    </span>
  )
}

function Cell({
  label,
  size,
  value,
  error,
  onChange,
  onEmpty,
}: {
  label: string
  size: number
  value: string
  error: string | undefined
  onChange(text: string): void
  /** Left with nothing in it: what was planned comes back. */
  onEmpty?(): void
}) {
  const id = useId()
  return (
    <>
      <input
        id={id}
        className="input input-mono"
        autoComplete="off"
        spellCheck={false}
        size={size}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={helpId(id)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => value.trim() === '' && onEmpty?.()}
      />
      <FieldHelp id={id} error={error} />
    </>
  )
}
