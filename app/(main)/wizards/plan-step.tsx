import { ButtonLink } from '@/components/base/button'
import { Proof } from '@/components/change/proof'
import { WizardBar } from '@/components/change/wizard-rail'
import { SectionHead } from '@/components/frame/page-head'
import type { Params } from '@/components/table/sort'
import type { Ctx } from '@/lib/auth/actor'
import { can } from '@/lib/auth/rights'
import type { ChangeView } from '@/lib/changes/get-change'
import { TakesTwo } from '../changes/[id]/approve-section'
import { ChangeButton } from '../changes/[id]/change-button'
import { proofItems } from '../changes/[id]/proof-items'
import { PlanFiles, PlanFindings, PlanInputs, PlanSteps } from '../changes/plan-parts'

/** The plan before it is approved: findings, steps, files, proofs, and the bar that says what will happen. */
export function PlanStep({
  wizard,
  settings,
  change,
  params,
  ctx,
}: {
  /** The wizard's folder. */
  wizard: string
  /** The address of its form. */
  settings: string
  change: ChangeView
  params: Params
  ctx: Ctx
}) {
  const page = `/changes/${change.id}`
  // Of several agents the summary is as many sentences: too much for the bar.
  const isComposed = (change.plan.first ?? []).length > 0
  return (
    <>
      {isComposed ? <p className="mb-4">{change.summary}</p> : null}
      <PlanFindings plan={change.plan} names={change.hostNames} />
      <PlanSteps plan={change.plan} names={change.hostNames} />
      <PlanFiles plan={change.plan} names={change.hostNames} path={`/wizards/${wizard}`} params={params} />
      <PlanInputs plan={change.plan} names={change.hostNames} />
      <section className="mb-6" aria-label="Proof">
        <SectionHead title="Proof" note="what must be seen afterwards, else all is taken back" />
        <Proof items={proofItems(change)} />
      </section>
      {change.state === 'planned' && change.approvalRefusal ? <TakesTwo>{change.approvalRefusal}</TakesTwo> : null}
      <WizardBar
        title={isComposed ? change.title : change.summary}
        actions={
          change.state === 'planned' ? (
            <>
              <ButtonLink href={settings}>Back to settings</ButtonLink>
              <ChangeButton
                deed="ask"
                changeId={change.id}
                goTo={page}
                kind={change.approvalRefusal ? 'primary' : undefined}
              >
                Ask for approval
              </ChangeButton>
              {can(ctx.actor, 'approve a change') && !change.approvalRefusal && !change.scopeRefusal ? (
                <>
                  <ButtonLink href={`${page}#approve`}>
                    {change.canaries.length > 0 ? 'Later, or one host first' : 'Approve for later'}
                  </ButtonLink>
                  <ChangeButton
                    deed="approve"
                    changeId={change.id}
                    digest={change.digest}
                    kind="primary"
                    goTo={page}
                    hotkey="Mod+Enter"
                  >
                    Approve and apply
                  </ChangeButton>
                </>
              ) : null}
            </>
          ) : (
            <ButtonLink href={page} kind="primary">
              Open change #{change.id}
            </ButtonLink>
          )
        }
      >
        The host runs it by itself and takes all back if a step or a check fails.
      </WizardBar>
    </>
  )
}
