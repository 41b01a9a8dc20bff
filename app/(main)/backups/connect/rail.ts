import type { WizardStep } from '@/components/change/wizard-rail'

const steps = ['where', 'found', 'account', 'test', 'connected'] as const
export type ConnectStep = (typeof steps)[number]

const titles: Readonly<Record<ConnectStep, string>> = {
  where: 'Where it is',
  found: 'What was found',
  account: 'Account and zone',
  test: 'Test',
  connected: 'Connected',
}

/** The steps of the wizard, with what was chosen. Only a host is looked at, so that elsewhere there is nothing to find. */
export function railOf(
  now: ConnectStep,
  { way = null, where }: { way?: 'host' | 'direct' | 'file' | 'sample' | null; where?: string } = {},
): WizardStep[] {
  const shown = steps.filter((step) => {
    if (way === 'sample') return step !== 'found' && step !== 'test'
    return step !== 'found' || way === null || way === 'host'
  })
  return shown.map((id) => {
    const isBefore = steps.indexOf(id) < steps.indexOf(now)
    return {
      id,
      title: id === 'account' && way === 'sample' ? 'What it is' : titles[id],
      state: id === now ? 'now' : isBefore ? 'done' : 'later',
      ...(id === 'where' && where ? { note: where } : {}),
      ...(id === 'where' && isBefore ? { href: '/backups/connect' } : {}),
    }
  })
}
