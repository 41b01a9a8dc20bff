import type { Params } from '@/components/table/sort'
import { WizardPage, type WizardWords } from '../wizard-page'
import { SettingsStep } from './settings-step'

export const metadata = { title: 'I/O scheduler' }

const words: WizardWords = {
  id: 'scheduler',
  title: 'I/O scheduler',
  hostsAbout: 'Their disks are read first. Nothing is changed by reading.',
  reads: 'disks',
  hostsNote: 'One round trip per host; nothing is written.',
  settingsTitle: (names) => `Which scheduler for the disks of ${names}?`,
  settingsAbout: 'Suggestions come from what each disk is and says of itself.',
  settings: (ctx, hosts) => <SettingsStep ctx={ctx} hosts={hosts} />,
}

export default async function SchedulerWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  return <WizardPage words={words} params={await searchParams} />
}
