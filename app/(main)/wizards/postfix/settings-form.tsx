'use client'

import { useState } from 'react'
import { Button } from '@/components/base/button'
import { WizardBar } from '@/components/change/wizard-rail'
import { SelectField } from '@/components/form/select-field'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
import { conflictsOf, problemsOf } from './conflicts'
import { desiredOf, firstOf, proofOf } from './desired'
import { BootPart, DnsPart, ProofPart } from './more-parts'
import { AddressPart, ListenPart, type PartProps } from './parts'
import { SendersPart } from './senders-part'
import { NamePart, SourcePart } from './source-parts'
import { type MailHostView, newAddress, type Wish } from './wish'

/** The wizard's form: which address mail uses, where it comes in, what it leaves from, and how that is proved. */
export function SettingsForm({
  host,
  first,
  now,
  isDraft,
  whyNoNames,
  whyNotHere,
}: {
  host: MailHostView
  /** What the form begins with, and whether that is a draft. */
  first: Wish
  isDraft: boolean
  /** What each instance does now, by its name. */
  now: Readonly<Record<string, Wish>>
  /** Why the names of some addresses are not known; null when they are. */
  whyNoNames: string | null
  /** Why Pollux itself cannot receive the probe; null when it can. */
  whyNotHere: string | null
}) {
  const [wish, setWish] = useState(first)
  const [isOld, setIsOld] = useState(isDraft)
  const { plan, answer, isPlanning } = usePlanning('postfix', [host.hostId])
  const draft = useKeptDraft('postfix', wish)
  const set = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }))
  const instance = host.instances.find((one) => one.name === wish.instance)
  if (!instance) return null

  const beginWith = (name: string) => {
    set(now[name] ?? {})
    setIsOld(false)
  }
  const problems = problemsOf(wish)
  const conflicts = conflictsOf(host, instance, wish)
  const textFor = (list: typeof problems) => (field: string) => list.find((one) => one.field === field)?.text
  const props: PartProps = {
    host,
    instance,
    wish,
    set,
    problem: textFor(problems),
    conflict: textFor(conflicts),
  }
  const desired = desiredOf(host, instance, wish)
  const back = { operation: 'reset', hostId: host.hostId, instance: instance.name, proof: proofOf(wish) }
  return (
    <form action={() => plan(desired, firstOf(host, wish))}>
      {isOld ? (
        <p className="mb-4 flex flex-wrap items-center gap-2 text-text-2">
          This is as you left it last time.
          <Button onClick={() => beginWith(instance.name)}>Begin with what Postfix does now</Button>
        </p>
      ) : null}
      {host.instances.length > 1 ? (
        <SelectField
          label="Postfix instance"
          name="instance"
          value={wish.instance}
          onChange={(event) => beginWith(event.target.value)}
          options={host.instances.map(({ name, directory, whyNot }) => ({
            value: name,
            label: `${name === '-' ? 'The first' : name}, ${directory}`,
            disabled: whyNot !== null,
          }))}
        />
      ) : null}
      <div className="form-columns">
        <AddressPart {...props} />
        <ListenPart {...props} />
        <SourcePart {...props} />
        <NamePart {...props} whyNoNames={whyNoNames} />
        <BootPart {...props} />
        <SendersPart {...props} />
        <ProofPart {...props} whyNotHere={whyNotHere} />
        <DnsPart {...props} />
      </div>
      {answer}
      <WizardBar
        title={summary(host, wish)}
        actions={
          <>
            {instance.isShipped ? null : (
              <Button disabled={isPlanning} onClick={() => plan(back)}>
                Plan it as the package ships it
              </Button>
            )}
            <PlanButton isPlanning={isPlanning} disabled={desired === null} />
          </>
        }
      >
        {problems[0]?.text ?? draft}
      </WizardBar>
    </form>
  )
}

function summary(host: MailHostView, wish: Wish): string {
  const added = newAddress(wish)
  const sources = [wish.source4, wish.source6].filter((source) => source !== '')
  const first = added === '' ? '' : `${added} goes on ${wish.device}. `
  return `${first}Mail leaves ${host.name} from ${sources.join(' and ') || 'any of its addresses'}.`
}
