import type { Params } from '@/components/table/sort'
import { WizardPage, type WizardWords } from '../wizard-page'
import { SettingsStep } from './settings-step'

export const metadata = { title: 'Mail on its own address' }

const words: WizardWords = {
  id: 'postfix',
  title: 'Mail on its own address',
  single: true,
  hostsAbout: 'Its Postfix is read first: what it listens on, what it sends from, and who handles mail beside it.',
  reads: 'mail settings',
  hostsNote: 'One host at a time. Of a failover pair, do the one that has the address first.',
  settingsTitle: (names) => `Which address for the mail of ${names}?`,
  settingsAbout: 'Both files of Postfix are edited in their own lines; everything else in them stays as it is.',
  settings: (ctx, hosts) => <SettingsStep ctx={ctx} host={hosts[0]} />,
}

export default async function PostfixWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  return <WizardPage words={words} params={await searchParams} />
}
