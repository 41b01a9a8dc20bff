import type { Params } from '@/components/table/sort'
import { WizardPage, type WizardWords } from '../wizard-page'
import { SettingsStep } from './settings-step'

export const metadata = { title: 'MySQL on small hardware' }

const words: WizardWords = {
  id: 'mysql',
  title: 'MySQL on small hardware',
  single: true,
  hostsAbout: 'Its servers, their option files and the memory are read first. Nothing is changed by reading.',
  reads: 'servers',
  hostsNote: 'One round trip; nothing is written, and no row of a table is read.',
  settingsTitle: (names) => `How much memory may the server on ${names} have?`,
  settingsAbout: 'Proposed from the machine, the version and what the server counted; every value may be changed.',
  settings: (ctx, hosts, params) => <SettingsStep ctx={ctx} hosts={hosts} params={params} />,
}

const convertWords: WizardWords = {
  ...words,
  settingsTitle: (names) => `Which tables on ${names} become InnoDB?`,
  settingsAbout:
    'MyISAM loses rows in a crash and locks a whole table for each writer. Every table is checked once more before the first is touched.',
}

const accountWords: WizardWords = {
  ...words,
  settingsTitle: (names) => `Which account may Pollux have on ${names}?`,
  settingsAbout: 'With the least rights that its work takes. Root of the socket is asked first, wherever it is let in.',
}

function wordsOf(work: Params[string]): WizardWords {
  return work === 'convert' ? convertWords : work === 'account' ? accountWords : words
}

export default async function MysqlWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  const params = await searchParams
  return <WizardPage words={wordsOf(params['work'])} params={params} />
}
