import type { Dispatch, SetStateAction } from 'react'
import { Button } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { FieldHelp } from '@/components/form/field'
import { SectionHead } from '@/components/frame/page-head'
import { type Frame, othersOf, type Wish, whyInTheWay, withAdopted } from './wish'

/** What somebody else made of IPsec on the members: kept beside the mesh, replaced by it, or gone on with. */
export function OthersPart({
  frame,
  wish,
  setWish,
  fields,
}: {
  frame: Frame
  wish: Wish
  setWish: Dispatch<SetStateAction<Wish>>
  /** What is wrong, by field: "foreign.HOST.ID". */
  fields: Readonly<Record<string, string>>
}) {
  const others = othersOf(frame)
  if (others.length === 0) return null
  const replace = (key: string, goes: boolean) =>
    setWish((now) => ({
      ...now,
      replaced: goes ? [...new Set([...now.replaced, key])] : now.replaced.filter((one) => one !== key),
    }))
  return (
    <section className="mb-6" aria-label="Made by others">
      <SectionHead title="Made by others" note="Pollux did not make it, and takes out only what is ticked" />
      <div className="table-wrap">
        <table className="data-table blocks" aria-label="Made by others">
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col">What</th>
              <th scope="col">Beside the mesh</th>
              <th scope="col">Replaced</th>
            </tr>
          </thead>
          <tbody>
            {others.map(({ key, hostId, name, other }) => {
              const field = `foreign.${hostId}.${other.id}`
              const against = whyInTheWay(frame, wish, hostId, other)
              const goes = wish.replaced.includes(key)
              const adopted = withAdopted(frame, wish, hostId, other)
              return (
                <tr key={key}>
                  <th scope="row" className="line">
                    {name}
                  </th>
                  <td className="line">
                    <HostText text={other.what} max={200} />
                    {other.isActive ? null : <span className="text-text-3"> (not in use)</span>}
                  </td>
                  <td className="line">
                    {against === null ? 'can stay' : goes ? 'goes' : against}
                    {fields[field] && against !== null ? (
                      <FieldHelp id={field} error={other.fixed ?? 'Tick it, or leave one of the two hosts out.'} />
                    ) : null}
                  </td>
                  <td className="line">
                    {other.fixed === null ? (
                      <label className="inline-flex items-center gap-2">
                        <input
                          type="checkbox"
                          aria-label={`Replace ${other.what} on ${name}`}
                          aria-invalid={fields[field] ? true : undefined}
                          checked={goes}
                          onChange={(event) => replace(key, event.target.checked)}
                        />
                        take it out
                      </label>
                    ) : (
                      <span className="text-text-3">by hand only</span>
                    )}
                    {other.adopts && adopted !== wish ? (
                      <Button sm onClick={() => setWish((now) => withAdopted(frame, now, hostId, other))}>
                        Go on with {other.adopts.ownInner}
                      </Button>
                    ) : null}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
