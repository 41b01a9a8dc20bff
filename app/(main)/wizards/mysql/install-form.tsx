'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { InstallChoices } from '@/agents/mysql/view'
import { Button } from '@/components/base/button'
import { WizardBar } from '@/components/change/wizard-rail'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { planChangeAction } from '../../changes/actions'
import { useKeptDraft } from '../use-kept-draft'
import { bytesText } from './texts'

type Wish = { dataDir: string | null; tmpdir: string | null; network: 'local' | 'all' }
type Answer = { status: 'bad' | 'info'; title: string; text: string; fields: Readonly<Record<string, string>> }

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
  const router = useRouter()
  const [dataDir, setDataDir] = useState(first.dataDir ?? '')
  const [tmpdir, setTmpdir] = useState(first.tmpdir ?? '')
  const [network, setNetwork] = useState(first.network)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isPlanning, start] = useTransition()
  const desired = { kind: 'install' as const, dataDir: dataDir.trim() || null, tmpdir: tmpdir.trim() || null, network }
  const draft = useKeptDraft('mysql', desired)
  const plan = () =>
    start(async () => {
      const result = await planChangeAction({ agentId: 'mysql', desired, hostIds: [host.id] })
      if (!result.ok) {
        const { message, fields = {} } = result.error
        setAnswer({ status: 'bad', title: 'No plan came of this', text: message, fields })
      } else if ('nothingToDo' in result.data)
        setAnswer({ status: 'info', title: 'Nothing to do', text: result.data.nothingToDo, fields: {} })
      else router.push(`/wizards/mysql?change=${result.data.changeId}`)
    })
  const room = choices.places.map(({ mount, availableBytes }) => `${bytesText(availableBytes)} in ${mount}`).join(', ')

  return (
    <form action={plan}>
      <TextField
        label="Data directory"
        name="dataDir"
        mono
        optional
        placeholder={choices.packageDataDir}
        value={dataDir}
        onChange={(event) => setDataDir(event.target.value)}
        help={`A folder that is not there yet; empty for the package's own. Free: ${room || 'not read'}.`}
        error={answer?.fields['dataDir']}
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
        error={answer?.fields['tmpdir']}
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
      {answer ? (
        <Note status={answer.status} title={answer.title} live>
          {answer.text}
        </Note>
      ) : null}
      <WizardBar
        title={`${choices.package?.name} ${choices.package?.version} on ${host.name}.`}
        actions={
          <Button kind="primary" type="submit" disabled={isPlanning} aria-busy={isPlanning}>
            {isPlanning ? 'Reading and planning' : 'Show the plan'}
          </Button>
        }
      >
        {draft}
      </WizardBar>
    </form>
  )
}
