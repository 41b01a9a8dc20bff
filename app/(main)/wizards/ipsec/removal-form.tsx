'use client'

import type { StandingMesh } from '@/agents/ipsec/view'
import { WizardBar } from '@/components/change/wizard-rail'
import { Note } from '@/components/show/finding'
import { PlanButton, usePlanning } from '../use-planning'
import { removalOf } from './wish'

/** Takes a mesh away from all of its members that were read. */
export function RemovalForm({
  mesh,
  leaving,
}: {
  mesh: StandingMesh
  leaving: readonly { hostId: string; name: string }[]
}) {
  const hostIds = leaving.map(({ hostId }) => hostId)
  const { plan, answer, isPlanning } = usePlanning('ipsec', hostIds, new URLSearchParams({ mesh: mesh.tag }).toString())
  return (
    <form action={() => plan(removalOf(mesh, hostIds))}>
      <Note status="info" title="Its tunnels, connections, rules and files go from every member">
        strongSwan and each host’s own key stay; “Clean up” in this wizard takes them away, too, from hosts that are in
        no mesh any more. What talks through the tunnels is cut off.
      </Note>
      {answer}
      <WizardBar
        title={`Mesh ${mesh.name} goes from ${leaving.length} ${leaving.length === 1 ? 'host' : 'hosts'}.`}
        actions={<PlanButton isPlanning={isPlanning} disabled={hostIds.length === 0} />}
      >
        Nothing is touched before you approve the plan.
      </WizardBar>
    </form>
  )
}
