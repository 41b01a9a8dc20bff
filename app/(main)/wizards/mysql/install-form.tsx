'use client'

import { useState } from 'react'
import type { InstallChoices } from '@/agents/mysql/view'
import { WizardBar } from '@/components/change/wizard-rail'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
import { bytesText } from './texts'

type Wish = { dataDir: string | null; tmpdir: string | null; network: 'local' | 'all' }

/** The wizard's form for a host without a server: where its data lie, and who may connect. */
export function InstallForm({
  host,
  choices,
  first,
}: {
  host: { id: string; name: string }
  choices: InstallChoices
  first: Wish
}) {
  const [dataDir, setDataDir] = useState(first.dataDir ?? '')
  const [tmpdir, setTmpdir] = useState(first.tmpdir ?? '')
  const [network, setNetwork] = useState(first.network)
  const desired = { kind: 'install' as const, dataDir: dataDir.trim() || null, tmpdir: tmpdir.trim() || null, network }
  const draft = useKeptDraft('mysql', desired)
  const { plan, answer, fields, isPlanning } = usePlanning('mysql', [host.id])
  const room = choices.places.map(({ mount, availableBytes }) => `${bytesText(availableBytes)} in ${mount}`).join(', ')

  return (
    <form action={() => plan(desired)}>
      <TextField
        label="Data directory"
        name="dataDir"
        mono
        optional
        placeholder={choices.packageDataDir}
        value={dataDir}
        onChange={(event) => setDataDir(event.target.value)}
        help={`A folder that is not there yet; empty for the package's own. Free: ${room || 'not read'}.`}
        error={fields['dataDir']}
      />
      <TextField
        label="Folder for temporary files"
        name="tmpdir"
        mono
        optional
        placeholder="/tmp"
        value={tmpdir}
        onChange={(event) => setTmpdir(event.target.value)}
        help="Large sorts and temporary tables are written there. It is made for the server alone."
        error={fields['tmpdir']}
      />
      <RadioCards
        label="Who may connect"
        name="network"
        value={network}
        onChange={(event) => setNetwork(event.target.value === 'all' ? 'all' : 'local')}
        cards={[
          { value: 'local', label: 'This machine alone', help: 'By the socket and 127.0.0.1.' },
          { value: 'all', label: 'All addresses', help: 'Whoever reaches port 3306 can try passwords.' },
        ]}
        warn={network === 'all' ? 'Only behind a firewall, and with accounts that demand encryption.' : undefined}
      />
      {answer}
      <WizardBar
        title={`${choices.package?.name} ${choices.package?.version} on ${host.name}.`}
        actions={<PlanButton isPlanning={isPlanning} />}
      >
        {draft}
      </WizardBar>
    </form>
  )
}
