import type { ServerView, TuningSituation } from '@/agents/mysql/view'
import { Tag } from '@/components/base/tag'
import { FactsLine } from '@/components/show/facts-line'
import { bytesText, spanText } from './texts'

/** The machine and the server in one line each: what the proposal rests on. */
export function ServerFacts({ server, situation }: { server: ServerView; situation: TuningSituation }) {
  const { machine, engines } = situation
  const data = engines?.reduce((sum, { dataBytes, indexBytes }) => sum + dataBytes + indexBytes, 0) ?? null
  const myisam = engines?.find(({ engine }) => engine === 'MyISAM')
  return (
    <section className="mb-6" aria-label="What was read">
      <FactsLine
        facts={[
          {
            label: 'Server',
            value: server.label,
            note: server.support && server.support !== 'live-tested' ? server.support : undefined,
          },
          {
            label: 'Asked as',
            value: server.askedAs ?? 'not read',
            note: server.isAskedByAccount ? 'an account of Pollux’s own' : 'root of its socket',
          },
          {
            label: 'Memory of the machine',
            value: bytesText(machine.memTotal),
            note: `${bytesText(machine.memAvailable)} available`,
          },
          { label: 'Other programs', value: bytesText(machine.otherProcessesRss), note: 'resident' },
          {
            label: 'The server now',
            value: server.rssBytes === null ? 'not read' : bytesText(server.rssBytes),
            note: server.peakRssBytes === null ? undefined : `${bytesText(server.peakRssBytes)} at most`,
          },
          {
            label: 'Tables',
            value: data === null ? 'not read' : bytesText(data),
            note: myisam ? `${myisam.tables} of them MyISAM` : undefined,
          },
          {
            label: 'Runs for',
            value: server.uptimeSeconds === null ? 'not read' : spanText(server.uptimeSeconds),
            note: server.connections === null ? undefined : `${server.connections} connected`,
          },
        ]}
      />
      {machine.swapUsed > 0 ? (
        <p className="mt-2 text-text-2">
          <Tag>swap</Tag> {bytesText(machine.swapUsed)} are in use
          {machine.pressure === null ? '' : `; programs waited for memory ${machine.pressure} % of the last 5 minutes`}.
        </p>
      ) : null}
    </section>
  )
}
