import type { Params } from '@/components/table/sort'
import { WizardPage, type WizardWords } from '../wizard-page'
import { PairOffers } from './pair-offers'
import { SettingsStep } from './settings-step'

export const metadata = { title: 'Failover IP' }

const words: WizardWords = {
  id: 'failover-ip',
  title: 'Failover IP',
  hostsAbout: 'Their addresses are read first. To move one, choose the host that has it and the host that gets it.',
  reads: 'addresses',
  hostsNote: 'Choose two or more to move an address from one to another.',
  settingsTitle: (names) => `Which address on ${names}?`,
  settingsAbout: 'Each host keeps it over a boot in the files of what holds its network; no other is touched.',
  settings: (ctx, hosts, params) => (
    <SettingsStep ctx={ctx} hosts={hosts} pairId={typeof params.pair === 'string' ? params.pair : null} />
  ),
  offers: (ctx) => <PairOffers ctx={ctx} />,
}

export default async function FailoverWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  return <WizardPage words={words} params={await searchParams} />
}
