'use client'

import { useCallback, useMemo, useState } from 'react'
import { Button, ButtonLink } from '@/components/base/button'
import { WizardBar } from '@/components/change/wizard-rail'
import { Note } from '@/components/show/finding'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
import { removalAddress } from './address'
import { MembersTable, type OnChange } from './members-table'
import { MeshFields } from './mesh-fields'
import { OthersPart } from './others-part'
import { problemsOf } from './problems'
import { desiredOf, type Frame, firstWish, plannedInners, summaryOf, type Wish, withMember } from './wish'

/** The wizard's form: the mesh, its members with their addresses, and what has to come before it. */
export function SettingsForm({
  frame,
  draft,
  back,
  toPrepare,
  ready,
  unable,
}: {
  frame: Frame
  draft: Wish | null
  /** What of the address leads back here. */
  back: string
  /** Hosts that a change of its own has to prepare first, and those that are. */
  toPrepare: readonly string[]
  ready: readonly string[]
  /** Names of chosen hosts that cannot be members, or were not read. */
  unable: readonly string[]
}) {
  const [wish, setWish] = useState<Wish>(() => firstWish(frame, draft))
  const said = useKeptDraft('ipsec', wish)
  const set = (part: Partial<Wish>) => setWish((now) => ({ ...now, ...part }))
  const change = useCallback<OnChange>((hostId, part) => setWish((now) => withMember(now, hostId, part)), [])
  const { hosts, before, leaving } = frame
  const all = [...hosts, ...leaving].map(({ hostId }) => hostId)
  const mesh = usePlanning('ipsec', all, back)
  const preparation = usePlanning('ipsec', [...toPrepare, ...ready], back)
  const problems = useMemo(() => problemsOf(frame, wish), [frame, wish])
  const planned = useMemo(() => plannedInners(frame, wish), [frame, wish])
  const fields = { ...mesh.fields, ...problems }
  const [problem] = Object.values(problems)
  const isBlocked = unable.length > 0

  return (
    <form action={() => mesh.plan(desiredOf(frame, wish))}>
      {toPrepare.length > 0 ? <Preparation count={toPrepare.length} /> : null}
      <MeshFields frame={frame} wish={wish} set={set} fields={fields} />
      <MembersTable frame={frame} wish={wish} planned={planned} fields={fields} onChange={change} />
      <OthersPart frame={frame} wish={wish} setWish={setWish} fields={fields} />
      {preparation.answer}
      {mesh.answer}
      <WizardBar
        title={toPrepare.length > 0 ? `${hostsText(toPrepare.length)} to be prepared first.` : summaryOf(frame, wish)}
        actions={
          <>
            {before ? <ButtonLink href={removalAddress(before.tag)}>Take the mesh away</ButtonLink> : null}
            {toPrepare.length > 0 ? (
              <Button
                kind="primary"
                disabled={preparation.isPlanning || isBlocked}
                aria-busy={preparation.isPlanning}
                onClick={() => preparation.plan({ kind: 'prepare', ...(before ? { mesh: before.tag } : {}) })}
              >
                {preparation.isPlanning ? 'Reading and planning' : `Prepare ${hostsText(toPrepare.length)} first`}
              </Button>
            ) : (
              <PlanButton isPlanning={mesh.isPlanning} disabled={isBlocked || problem !== undefined} />
            )}
          </>
        }
      >
        {isBlocked
          ? `Not with ${unable.join(', ')} as ${unable.length === 1 ? 'it is' : 'they are'}: see above.`
          : (problem ?? said)}
      </WizardBar>
    </form>
  )
}

/** What the change before the mesh's does, and why it is one of its own. */
function Preparation({ count }: { count: number }) {
  return (
    <div className="mb-6">
      <Note status="info" title={`${hostsText(count)} to be prepared by a change of its own`}>
        It installs strongSwan from the host’s packages where it is missing, has each host make a key that never leaves
        it, and starts the daemon with nothing configured. The mesh is planned behind it, with the public keys known.
        What is filled in below is kept until then.
      </Note>
    </div>
  )
}

function hostsText(count: number): string {
  return `${count} ${count === 1 ? 'host' : 'hosts'}`
}
