import { isFarCheck, type Plan, type Step } from '@/lib/agent'

/** How far a change has come at a moment; what a fault may lead to depends on it. */
export type Stage = 'before' | 'steps' | 'checked' | 'stands' | 'undo'

/** A place in a change's life, exact to the instruction, at which it can be stopped. */
export interface Moment {
  id: string
  title: string
  stage: Stage
  /** Whether the change is stopped on its host (a process that stands still) or in the dashboard. */
  where: 'host' | 'dashboard'
  /** Only a change whose proof fails comes here. */
  fails: boolean
  /** Whether no file is left to take back. */
  filesAreBack: boolean
}

const moment = (id: string, title: string, stage: Stage, more: Partial<Moment> = {}): Moment => ({
  id,
  title,
  stage,
  where: 'host',
  fails: false,
  filesAreBack: false,
  ...more,
})

/** The moment between the plan and its approval. */
export const planned = moment('planned', 'planned', 'before', { where: 'dashboard' })

// Long work is in its middle when it first shows progress, an installation when the package configures itself.
const middles: Partial<Record<Step['kind'], string>> = { job: 'out', install: 'dpkg' }

/**
 * Every moment of a plan on one host, in order: each step's boundaries and its middle (a file: renamed and not yet
 * synced; a command: ended and not yet recorded), and what lies before and behind the steps.
 */
export function momentsOf(plan: Plan, hostId: string): Moment[] {
  const steps = plan.phases.flatMap((phase) => phase.hosts.find((host) => host.hostId === hostId)?.steps ?? [])
  const confirmsItself =
    plan.guard === null &&
    !plan.checks.some(isFarCheck) &&
    new Set(plan.phases.flatMap((p) => p.hosts.map((h) => h.hostId))).size === 1
  return [
    moment('approved', 'approved, before the upload', 'before', { where: 'dashboard' }),
    moment('uploading', 'in the middle of the upload', 'before'),
    moment('uploaded', 'uploaded, before the start', 'before', { where: 'dashboard' }),
    moment('marked.armed', 'armed, before the supervisor runs', 'steps'),
    ...steps.flatMap((step, at) => [
      moment(`start.${at + 1}`, `step ${at + 1} (${step.kind}) recorded, not begun`, 'steps'),
      moment(`${middles[step.kind] ?? 'middle'}.${at + 1}`, `in the middle of step ${at + 1} (${step.kind})`, 'steps'),
      ...(step.kind === 'install'
        ? [moment(`middle.${at + 1}`, `step ${at + 1} (install) ended, not yet recorded`, 'steps')]
        : []),
      moment(`done.${at + 1}`, `step ${at + 1} (${step.kind}) done`, 'steps'),
    ]),
    moment('checks.-', 'before the proof', 'steps'),
    ...(confirmsItself ? [] : [moment('proved.-', 'proved, waiting to be told', 'checked')]),
    moment('marked.confirmed', 'confirmed, before its end', 'stands'),
    moment('end.-', 'the last word', 'stands'),
    ...steps.map((step, at) =>
      moment(`undoing.${at + 1}`, `before the undo of step ${at + 1} (${step.kind})`, 'undo', {
        fails: true,
        filesAreBack: !steps.slice(0, at + 1).some(({ kind }) => kind === 'file'),
      }),
    ),
    moment('undone.1', 'all undone, before its end', 'undo', { fails: true, filesAreBack: true }),
  ]
}
