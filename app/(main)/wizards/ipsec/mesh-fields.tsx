import { CheckField } from '@/components/form/check-field'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { FactsLine } from '@/components/show/facts-line'
import { type Frame, tagOf, type Wish } from './wish'

interface Part {
  frame: Frame
  wish: Wish
  set(part: Partial<Wish>): void
  /** What is wrong, by field. */
  fields: Readonly<Record<string, string>>
}

/** What is said of the mesh as a whole. Of one that stands its names do not change. */
export function MeshFields(part: Part) {
  const { frame, wish, set, fields } = part
  return (
    <>
      {frame.before ? (
        <div className="mb-6">
          <FactsLine
            facts={[
              { label: 'Mesh', value: frame.before.name },
              { label: 'Short name', value: <span className="mono">{frame.before.tag}</span>, note: 'fixed' },
              { label: 'Net of the inner addresses', value: <span className="mono">{frame.before.prefix}</span> },
            ]}
          />
        </div>
      ) : null}
      <div className="form-columns">
        {frame.before ? null : <Names {...part} />}
        <Net {...part} />
      </div>
      <RadioCards
        label="Profile"
        name="profile"
        value={wish.profile}
        onChange={(event) => set({ profile: event.target.value === 'compatible' ? 'compatible' : 'modern' })}
        cards={[
          { value: 'modern', label: 'Modern', help: 'IKEv2 with AES-256-GCM and ECP-256, on every pair.' },
          {
            value: 'compatible',
            label: 'Compatible',
            help: 'AES-256 with HMAC-SHA-256 and MODP-2048 where an end is older. Pairs of two modern ends stay modern.',
          },
        ]}
        error={fields['profile']}
      />
      <CheckField
        label="Inner names in /etc/hosts"
        name="innerNames"
        checked={wish.innerNames}
        onChange={(event) => set({ innerNames: event.target.checked })}
        help="Each member finds the others by their labels: web1.cloud."
      />
    </>
  )
}

function Names({ frame, wish, set, fields }: Part) {
  return (
    <>
      <TextField
        label="Name"
        name="name"
        value={wish.name}
        maxLength={60}
        onChange={(event) => set({ name: event.target.value })}
        help="What people call it."
        error={fields['name']}
      />
      <TextField
        label="Short name"
        name="tag"
        mono
        spellCheck={false}
        value={tagOf(frame, wish)}
        maxLength={6}
        onChange={(event) => set({ tag: event.target.value })}
        onBlur={() => wish.tag === '' && set({ tag: null })}
        help="Part of the names of files, connections and devices on every member. It never changes."
        error={fields['tag']}
      />
    </>
  )
}

function Net({ frame: { before, suggestedPrefix }, wish, set, fields }: Part) {
  const isFixed = before !== null && !wish.renumbers
  return (
    <>
      {before ? (
        <CheckField
          label="New inner addresses for all members"
          name="renumbers"
          checked={wish.renumbers}
          onChange={(event) =>
            set(
              event.target.checked
                ? { renumbers: true, prefix: suggestedPrefix ?? before.prefix }
                : { renumbers: false, prefix: before.prefix },
            )
          }
          help="Every tunnel gets others, and what talks through them is cut off once."
        />
      ) : null}
      {isFixed ? null : (
        <TextField
          label="Net of the inner addresses"
          name="prefix"
          mono
          spellCheck={false}
          value={wish.prefix}
          onChange={(event) => set({ prefix: event.target.value })}
          help={
            suggestedPrefix === null
              ? 'No private /24 was found that none of the hosts uses.'
              : `None of the hosts has or reaches ${suggestedPrefix} otherwise.`
          }
          error={fields['prefix']}
        />
      )}
    </>
  )
}
