import type { Params } from '@/components/table/sort'
import { WizardPage, type WizardWords } from '../wizard-page'
import { meshIn, wasPicked } from './address'
import { MeshOffers } from './mesh-offers'
import { SettingsStep } from './settings-step'
import { readStanding } from './standing'

export const metadata = { title: 'IPsec mesh' }

const words: WizardWords = {
  id: 'ipsec',
  title: 'IPsec mesh',
  hostsAbout:
    'Each gets an encrypted tunnel to each other. What they have for it is read first: daemon, kernel, addresses, firewall.',
  reads: 'network',
  hostsNote: 'Two or more. Nothing is changed by reading.',
  settingsTitle: (names) => `Which mesh for ${names}?`,
  settingsAbout: 'Only the tunnels are encrypted. SSH and all else between the hosts stays as it is.',
  keeps: ['mesh'],
  offers: (ctx, params) => <MeshOffers ctx={ctx} tag={meshIn(params)} />,
  settings: (ctx, hosts, params) => <SettingsStep ctx={ctx} hosts={hosts} tag={meshIn(params)} />,
}

const changeWords: WizardWords = {
  ...words,
  hostsAbout: 'Ticked are the members. Tick more to have them join; whoever is not ticked leaves.',
  hostsNote: 'Who leaves is read, too. With nobody ticked the mesh is taken away.',
  settingsTitle: (names) => (names === '' ? 'Take the mesh away' : `How shall the mesh of ${names} be?`),
  chosenAtFirst: async (ctx, params) => {
    const mesh = (await readStanding(ctx)).find(({ tag }) => tag === meshIn(params))
    return mesh?.members.map(({ hostId }) => hostId) ?? []
  },
  takesNone: wasPicked,
}

export default async function IpsecWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  const params = await searchParams
  return <WizardPage words={meshIn(params) === null ? words : changeWords} params={params} />
}
